"""What staff have to do about organisations: told to the first page of the admin, listed on a page of its own."""
