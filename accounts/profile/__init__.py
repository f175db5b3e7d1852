"""What people see and change about themselves; `my_page.register` adds an app's part of my page."""
