"""What a date of a chain is, told from its name: its kind, who acts, and what it closes on the portal.

Staff type the name in one language or more; what they choose themselves is never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from calls.chain.models import Deadline

# The beginnings of words, without accents, by which people who write calls name such a date; the first kind of which
# one is found counts: "recommendation on the declared partnerships" is a recommendation.
_BEGINNINGS: dict[Deadline.Kind, str] = {
    Deadline.Kind.INFO_MEETING: "info informati informa rencontre webinar seance bijeenkomst",
    Deadline.Kind.RECOMMENDATION: "recommend recommand aanbevel empfehl advies avis",
    Deadline.Kind.RESULT: "result uitslag ergebnis bekendmak announce annonce decision beslissing entscheid",
    Deadline.Kind.DECLARE: "declar aangev aangif geef partnersch partnerschap partenari anmeld meld erklar",
    Deadline.Kind.SUBMIT: "submit indien dien depos depot introdui einreich voorstel proposal proposition vorschl",
    Deadline.Kind.OPENS: "open ouvr ouvert eroffn start begin lanc",
}
_ACTORS: dict[Deadline.Kind, Deadline.Actor] = {
    Deadline.Kind.OPENS: Deadline.Actor.AUTHORITY,
    Deadline.Kind.INFO_MEETING: Deadline.Actor.EVERYONE,
    Deadline.Kind.DECLARE: Deadline.Actor.PARTNERS,
    Deadline.Kind.RECOMMENDATION: Deadline.Actor.AUTHORITY,
    Deadline.Kind.SUBMIT: Deadline.Actor.CONSORTIUM,
    Deadline.Kind.RESULT: Deadline.Actor.AUTHORITY,
    Deadline.Kind.OTHER: Deadline.Actor.PARTNERS,
}
_CLOSES: dict[Deadline.Kind, Deadline.Governs] = {
    Deadline.Kind.DECLARE: Deadline.Governs.DECLARATION,
    Deadline.Kind.SUBMIT: Deadline.Governs.PROPOSAL,
}


@dataclass(frozen=True)
class Guess:
    """What such a date most likely is."""

    kind: str
    actor: str
    governs: str


def guess(names: Iterable[str], *, kind: str = "", is_last: bool = False, taken: Iterable[str] = ()) -> Guess:
    """The guess for a date of these names (one per language), or of a kind that somebody chose.

    `is_last`: nothing comes after it in the chain; what says nothing else is then the result. `taken`: what other dates
    of the chain close already, since each thing is closed once.
    """
    kind = Deadline.Kind(kind) if kind else _kind(names) or (Deadline.Kind.RESULT if is_last else Deadline.Kind.OTHER)
    closes = _CLOSES.get(kind, Deadline.Governs.NOTHING)
    return Guess(kind, _ACTORS[kind], Deadline.Governs.NOTHING if closes in set(taken) else closes)


def _kind(names: Iterable[str]) -> Deadline.Kind | None:
    words = [word for name in names for word in re.findall(r"[a-z]+", _plain(name))]
    for kind, beginnings in _BEGINNINGS.items():
        if any(word.startswith(tuple(beginnings.split())) for word in words):
            return kind
    return None


def _plain(name: str) -> str:
    """Lower case, without accents."""
    return "".join(each for each in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(each))
