"""The models of all rooms, where Django looks for them; nothing else imports this."""

from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction

__all__ = ["Contribution", "Interest", "Introduction"]
