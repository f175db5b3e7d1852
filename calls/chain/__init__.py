"""A call and its chain of deadlines: what exists once, where it stands, who takes part in it."""
