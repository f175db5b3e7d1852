"""The four logins of the demo and the password that everyone knows."""

PASSWORD = "demo-nccsi-2027"  # noqa: S105 - public, and refused outside the demo

ADMINISTRATOR = "admin@example.org"
EDITOR = "editor@example.org"
PARTNER = "partner@example.org"
OTHER_PARTNER = "other@example.org"
LOGINS = (ADMINISTRATOR, EDITOR, PARTNER, OTHER_PARTNER)
