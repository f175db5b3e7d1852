"""What people see and change about themselves; apps add their part of my page at `my_page.register`."""
