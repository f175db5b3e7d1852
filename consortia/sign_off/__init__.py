"""Organisations sign a text with a version: `versions.renew` after every change, then `answering.confirm` or `decline`."""
