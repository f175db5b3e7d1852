"""Reports on pages: as everybody reads them, as files, and where staff fill, look at and publish them."""
