"""What was done and is told on the next page travels in a cookie: one that belongs to this host, like all others."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """Django names this cookie in code, without a setting."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """A cookie as long as it fits, else the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
