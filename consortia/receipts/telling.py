"""What pages say of a receipt: what it attests, and whether that still stands. The room that issues them knows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.receipts.models import Receipt

# On every page and sheet that shows a receipt.
PROVES = _(
    "A genuine receipt proves that this portal took in exactly this text at this time, by the clock of its database, "
    "and that nobody changed anything in it since."
)
PROVES_NOT = _(
    "It does not prove which person sent it, and it is no decision. The portal signs with a key of its own (Ed25519): "
    "this is no qualified electronic signature or seal under Regulation (EU) No 910/2014 (eIDAS)."
)


@dataclass(frozen=True)
class Told:
    """In the reader's language."""

    title: str
    # Label and value, in the order of the page.
    lines: list[tuple[str, str]]
    stands: bool
    # Whether it still stands, in a sentence.
    standing: str
    # The number of the receipt that took its place.
    replaced_by: str = ""
    # Whether it says no more than who is not to know whose it is may read.
    is_withheld: bool = False


# Of a receipt that was found by its number: what to tell instead, or None where this reader may know all.
Withholding = Callable[[dict[str, Any], Receipt, User | AnonymousUser], Told | None]

_told: dict[str, Callable[[dict[str, Any], Receipt | None], Told]] = {}
_withheld: dict[str, Withholding] = {}


def register(
    kind: Receipt.Kind, tell: Callable[[dict[str, Any], Receipt | None], Told], *, withhold: Withholding | None = None
) -> None:
    """Called once for each kind; `tell` is given what was signed, and the portal's own copy where it has it."""
    _told[kind] = tell
    if withhold:
        _withheld[kind] = withhold


def tell(attested: dict[str, Any], receipt: Receipt | None) -> Told:
    """Of a genuine receipt."""
    known = _told.get(attested["kind"])
    return known(attested, receipt) if known else Told(gettext("Receipt"), [], stands=False, standing="")


def tell_by_number(attested: dict[str, Any], receipt: Receipt, reader: User | AnonymousUser) -> Told:
    """Of a genuine receipt, to whoever typed its number: numbers follow each other, so nobody needs to hold it."""
    withhold = _withheld.get(attested["kind"])
    less = withhold(attested, receipt, reader) if withhold else None
    return less or tell(attested, receipt)
