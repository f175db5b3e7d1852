"""What staff see of the mail and do with it."""
