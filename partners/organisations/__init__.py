"""Organisations: their facts, their words in each language, the people who act for them, and how staff keep them."""
