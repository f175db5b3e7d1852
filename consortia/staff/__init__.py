"""What staff do with interests in the admin: the list, the board of a call, and writing to a selection."""
