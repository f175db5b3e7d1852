"""The library with a hundred thousand practices, and what became of them."""
