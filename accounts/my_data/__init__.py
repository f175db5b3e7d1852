"""What people see, copy and erase of what is kept about them, by their account or a mailed link; and staff for them."""
