"""The editors' handbook (`docs/editors.md` and its translations), read in the admin by those who need it."""
