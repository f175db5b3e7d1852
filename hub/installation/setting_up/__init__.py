"""What a portal needs before anybody can use it; `manage.py setup` enters here."""
