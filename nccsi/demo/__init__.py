"""The demo: practices, organisations and calls that exist, and four logins whose password everyone knows.

Everything here refuses to run where `DEMO` is off.
"""

PASSWORD = "demo-nccsi-2027"  # noqa: S105 - public, and refused outside the demo

ADMINISTRATOR = "admin@example.org"
EDITOR = "editor@example.org"
PARTNER = "partner@example.org"
OTHER_PARTNER = "other@example.org"
LOGINS = (ADMINISTRATOR, EDITOR, PARTNER, OTHER_PARTNER)
