"""The entry of the admin's menu in which whoever works with organisations stands."""

# Rooms and apps register the menu item of a list of their own with this hook.
MENU_HOOK = "register_partners_menu_item"
