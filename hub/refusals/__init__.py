"""What a visitor is told when a request fails, and what of a form is kept through it."""
