"""The files of a call."""
