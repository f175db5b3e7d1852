"""Colleagues are invited; what administrators do with the accounts of others is on record."""
