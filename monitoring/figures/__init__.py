"""A figure as people read it: `saying` in words, `parts` and `trends` drawn, small numbers of people hidden.

`rules.Reader` says for whom a page is, staff in the admin or everybody, and what they may open.
"""
