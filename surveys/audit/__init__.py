"""The attack on the promise of anonymity (docs/anonymity.md): pure joins, the evidence they work on, a rehearsal."""
