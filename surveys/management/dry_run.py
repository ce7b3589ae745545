"""What commands say that were only to show what they would do."""

NOTHING_WRITTEN = "Nothing is written: this was a dry run."
