"""The logins of the demo and the password that everyone knows."""

PASSWORD = "demo-nccsi-2027"  # noqa: S105 - public, and refused outside the demo

ADMINISTRATOR = "admin@example.org"
EDITOR = "editor@example.org"
PARTNER = "partner@example.org"
OTHER_PARTNER = "other@example.org"
# Of the closed call, the first two also of the open one. Whoever has a mailbox where the partners have theirs has a
# conflict of interest, and one of the three is to have it.
CHAIR = "chair@example.net"
REVIEWER = "reviewer@example.net"
OTHER_REVIEWER = "reviewer@example.org"
LOGINS = (ADMINISTRATOR, EDITOR, PARTNER, OTHER_PARTNER, CHAIR, REVIEWER, OTHER_REVIEWER)
