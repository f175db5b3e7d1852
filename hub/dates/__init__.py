"""Moments as they are in Brussels: read, written, warned of, and put into calendar files."""
