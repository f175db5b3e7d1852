"""The library as open data: the records and the API that serves them."""
