"""All calls: the list, its filters, the feed, the open data."""
