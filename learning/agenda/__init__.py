"""The agenda as visitors, the site's search and programs read it: the list, the page of a question, the feed."""
