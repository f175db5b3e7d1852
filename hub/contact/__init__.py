"""Whom people ask, and the page on which they write."""
