from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """How allauth signs people in here."""


class MFAAdapter(DefaultMFAAdapter):
    """How allauth asks for second factors here."""
