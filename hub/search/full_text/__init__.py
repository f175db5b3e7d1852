"""Words written in one way for what is stored and what is asked; the search over the whole site, and the parts of
every list.
"""
