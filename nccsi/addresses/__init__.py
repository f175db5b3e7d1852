"""Addresses that belong to no app: site map, security contact, uploaded pictures, style guide."""
