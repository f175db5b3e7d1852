"""The models of all rooms, where Django looks for them; nothing else imports this."""

from consortia.interest.models import Interest

__all__ = ["Interest"]
