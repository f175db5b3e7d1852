"""The groups of the admin's menu: `groups` names them, and each app's entries join one by its `menu_hook`."""
