"""The models of all rooms, where Django looks for them; nothing else imports this."""

from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.models import Declaration
from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction
from consortia.receipts.models import Receipt, SigningKey
from consortia.rules.models import CallRules
from consortia.sign_off.models import SignOff, Version

__all__ = [
    "CallRules",
    "Consortium",
    "Contribution",
    "Declaration",
    "Entry",
    "Interest",
    "Introduction",
    "Member",
    "Receipt",
    "SignOff",
    "SigningKey",
    "Version",
]
