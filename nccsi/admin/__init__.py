"""Where Wagtail's admin as a whole differs: closed addresses, deleting, downloads, forms for uploads."""
