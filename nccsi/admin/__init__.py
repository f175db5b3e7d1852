"""Where Wagtail's admin as a whole differs: addresses that are closed, what may be deleted and downloaded, forms for
uploads.
"""
