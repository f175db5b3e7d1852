"""What staff do with organisations in the admin: the list with its facets, files and buttons, and the form."""
