"""The directory as visitors, the site's search and programs read it; `filters.Directory` answers an address."""
