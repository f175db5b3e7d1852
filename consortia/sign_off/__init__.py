"""Organisations sign a text with a version: `versions.renew` after a change, `answering.confirm` or `decline`."""
