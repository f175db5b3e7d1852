"""What a merge would do, before anybody decides: what moves, what ends, what is filled in, what is not kept."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from hub.languages.names import language_name
from notifications.subscriptions.handing_over import followers
from notifications.subscriptions.topics import key_of
from partners.merging.relations import counted, ending
from partners.organisations import identifiers
from partners.organisations.models import Organisation

# Taken over where what stays has nothing there.
FILLED = ("region", "website", "email", "size", "logo", *identifiers.NAMES)


# Of what every profile has, that of the other is told where it differs.
DIFFERING = ("sector", "country")


@dataclass(frozen=True)
class Plan:
    """One merge as staff see it: sentences, and a digest by which a later look tells whether it is still the same."""

    kept: Organisation
    gone: Organisation
    moves: list[tuple[str, int]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    filled: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Stands for the very things that would happen."""
        said = repr((self.kept.pk, self.gone.pk, self.moves, self.ends, self.filled, self.lost))
        return hashlib.sha256(said.encode()).hexdigest()


def plan(kept: Organisation, gone: Organisation) -> Plan:
    """What happens when `gone` becomes a part of `kept`; reads only."""
    found = Plan(kept, gone, moves=sorted(counted(gone)), ends=ending(kept, gone))
    if number := followers(key_of(gone)):
        found.moves.append((ngettext("person who follows it", "people who follow it", number), number))
    for name in FILLED:
        ours, theirs = getattr(kept, name), getattr(gone, name)
        if theirs and not ours:
            found.filled.append((_label(name), _words(gone, name)))
        elif theirs and theirs != ours:
            found.lost.append((_label(name), _words(gone, name)))
    for name in DIFFERING:
        if getattr(kept, name) != getattr(gone, name):
            found.lost.append((_label(name), _words(gone, name)))
    _tell_texts(found)
    _tell_terms(found)
    return found


def _tell_texts(found: Plan) -> None:
    known = {text.language: text for text in found.kept.texts.all()}
    for text in found.gone.texts.all():
        label = gettext("Words in %(language)s") % {"language": language_name(text.language)}
        ours = known.get(text.language)
        if ours is None:
            found.filled.append((label, text.summary))
        elif (ours.summary, ours.body) != (text.summary, text.body):
            found.lost.append((label, text.summary))


def _tell_terms(found: Plan) -> None:
    known = set(found.kept.terms.all())
    more = [str(term) for term in found.gone.terms.all() if term not in known]
    if more:
        found.filled.append((_label("terms"), ", ".join(more)))
    networks = [name for name in found.gone.networks if name not in found.kept.networks]
    if networks:
        found.filled.append((_label("networks"), ", ".join(networks)))


def _label(name: str) -> str:
    said: Any = Organisation._meta.get_field(name)
    return str(said.verbose_name)


def _words(organisation: Organisation, name: str) -> str:
    shown = getattr(organisation, f"get_{name}_display", None)
    return str(shown() if shown else getattr(organisation, name))
