"""Signing up as visitors and staff see it: the form, the pages behind the links, my page, the list in the admin."""
