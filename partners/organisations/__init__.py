"""Organisations: their facts, their words in each language, the people who act for them."""
