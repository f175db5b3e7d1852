"""Choosing among practices: side by side (`comparing.compare`), and the shortlist that a reader keeps."""
