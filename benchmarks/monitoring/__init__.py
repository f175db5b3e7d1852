"""Giving account: what all figures of a large portal cost, and the pages that show them."""
