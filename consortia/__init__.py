"""What organisations undertake together for a call."""
