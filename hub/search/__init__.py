"""Words written in one way for what is stored and asked; the search over the whole site, the parts of every list."""
