"""The library as staff manage it: the list, what is done to many at once, the screens of the import."""
