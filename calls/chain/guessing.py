"""What a date of a chain is, told from its name: its kind, who acts, and what it closes on the portal.

Staff type the name in one language or more; what they choose themselves is never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from calls.chain.models import Deadline
from hub.vocabularies.plain import plain_words

# How people who write calls name such a date, without accents and in any of the four languages; the first kind that is
# named counts: "recommendation on the declared partnerships" is a recommendation.
_NAMED: dict[Deadline.Kind, str] = {
    Deadline.Kind.INFO_MEETING: r"info\w*|rencontre|webinar\w*|seance|bijeenkomst",
    Deadline.Kind.RECOMMENDATION: r"recommend\w*|recommand\w*|aanbevel\w*|empfehl\w*|advies|avis",
    Deadline.Kind.RESULT: r"result\w*|uitslag\w*|ergebnis\w*|bekendmak\w*|annonce|announce\w*|decision|beslissing"
    r"|entscheid\w*",
    Deadline.Kind.DECLARE: r"declar\w*|aangev\w*|aangifte|partnersch\w*|partenari\w*|partnerships?|anmeld\w*|erklar\w*",
    Deadline.Kind.SUBMIT: r"submit|submission|indien\w*|dien|depos\w*|depot|introdui\w*|einreich\w*|voorstel(?:len)?"
    r"|propos\w*|vorschl\w*",
    Deadline.Kind.OPENS: r"opens?|opening|ouvr\w*|ouvert\w*|eroffn\w*|start|beginn?t?|lanc\w*",
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
    words = " ".join(word for name in names for word in plain_words(name))
    return next((kind for kind, named in _NAMED.items() if re.search(rf"\b(?:{named})\b", words)), None)
