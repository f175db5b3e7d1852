"""What staff have to do about organisations: counted for the first page of the admin, listed on a page of its own."""
