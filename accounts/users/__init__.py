"""Who has an account, which addresses they proved to hold, and for whom the running code writes."""
