"""What the open data of every app has in common: how it is asked, answered, kept, limited and refused."""
