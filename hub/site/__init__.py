"""What stands around every page: name, menus, languages, funding statement; and what a new portal starts with."""
