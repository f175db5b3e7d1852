"""Reports of reuse on pages: the list of a practice, each report, the forms of who reports, checks and enters them."""
