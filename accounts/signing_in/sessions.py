"""Sessions: those of people who signed in, and of visitors who kept practices."""

from django.core.management import call_command


def forget_over() -> None:
    """Delete those that are over."""
    call_command("clearsessions")
