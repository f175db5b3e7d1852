"""What staff do with events in the admin, and what is lost when one is taken away."""
