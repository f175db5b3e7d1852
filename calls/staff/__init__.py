"""What staff do with calls in the admin."""
