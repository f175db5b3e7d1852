"""The directory as visitors, the site's search and programs read it; `filters.Directory` is what an address asks of
it.
"""
