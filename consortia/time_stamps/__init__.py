"""An authority outside stamps receipts (RFC 3161), where one is set: `stamping.stamp` asks for what has none."""
