"""Somebody asks to manage a profile or proposes one (`claiming`), and what staff decide about it (`deciding`)."""
