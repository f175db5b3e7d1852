"""What a profile lacks: asked of the members, never shown to visitors."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.organisations import identifiers
from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Lack:
    """One thing that is not there yet, and the field of the form that takes it."""

    label: str | Promise
    field: str


_OF_TERMS = {
    "theme": Lack(_("themes"), "themes"),
    "track": Lack(_("action tracks"), "tracks"),
    "target": Lack(_("target groups"), "targets"),
    "region": Lack(_("where it is active"), "active"),
}


def lacks(organisation: Organisation, language: str) -> list[Lack]:
    """In the order of the form; prefetch `with_facts` for lists. Words are asked for in the reader's language."""
    return list(_lacks(organisation, language))


def _lacks(organisation: Organisation, language: str) -> Iterator[Lack]:
    texts = {text.language: text for text in organisation.texts.all()}
    text = texts.get(language)
    if text is None:
        yield Lack(_("a summary in the language of this page"), f"summary_{language}")
    elif not text.body:
        yield Lack(_("a description in the language of this page"), f"body_{language}")
    known = {term.vocabulary for term in organisation.terms.all()}
    yield from (lack for vocabulary, lack in _OF_TERMS.items() if vocabulary not in known)
    if not organisation.size:
        yield Lack(_("its size"), "size")
    if not organisation.website:
        yield Lack(_("its website"), "website")
    if not any(getattr(organisation, name) for name in identifiers.NAMES):
        yield Lack(_("a number in a register"), identifiers.NAMES[0])
    if not organisation.logo_id:
        yield Lack(_("a logo"), "logo_file")
