"""Settings that are texts with a form: each is read here once, at the start, or refused with what to do."""
