"""Domains of websites and mailboxes: whether somebody writes from where an organisation is at home."""

from urllib.parse import urlsplit

from django.db.models import Func, Value
from django.db.models.functions import Lower

# As the database reads it, for the index and for what asks it; migrations import nothing of ours, so of Django's parts.
DOMAIN = Func(Lower("website"), Value(r"^[a-z]+://(?:www\.)?([^/:?#]+)"), function="substring")
# Whoever has a mailbox there says nothing about where they work.
PUBLIC = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.be", "live.be", "live.com", "msn.com"),
    *("yahoo.com", "yahoo.fr", "icloud.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de"),
    *("telenet.be", "skynet.be", "proximus.be", "voo.be", "scarlet.be", "orange.fr", "free.fr", "laposte.net"),
    *("outlook.be", "outlook.fr", "hotmail.fr", "hotmail.nl", "live.fr", "live.nl", "pandora.be", "wanadoo.fr"),
    *("sfr.fr", "ziggo.nl", "kpnmail.nl", "t-online.de", "gmx.at", "posteo.de", "me.com", "aol.com", "pm.me"),
}


def of_website(address: str) -> str:
    """`https://www.example.org/about` gives `example.org`; empty for what is no address."""
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def of_mailbox(email: str) -> str:
    return email.rpartition("@")[2].strip().lower()


def belongs(email: str, website: str) -> bool:
    """Whether a mailbox is at home where a website is: at its domain, above or below it."""
    mail, site = of_mailbox(email), of_website(website)
    if not mail or not site or mail in PUBLIC:
        return False
    return mail == site or mail.endswith(f".{site}") or site.endswith(f".{mail}")
