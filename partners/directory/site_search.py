"""What the site's search finds among organisations: by name, by what is told of them, and by what they are."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.signals import post_save
from django.urls import reverse

from hub.search import full_text
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import is_in_title, is_title, named, row
from hub.wording import site_words
from hub.wording.asking import LANGUAGES, Asking, Matches, as_query, either, weighing
from hub.wording.levels import BODY, FOREIGN, SUMMARY, TERM, TITLE, first_of, how_many, total
from hub.wording.lexicon import Lexicon
from hub.wording.words import Word
from partners.directory.cards import card
from partners.organisations.models import Organisation, OrganisationText

_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)
_LISTED = "SELECT id FROM partners_organisation WHERE status = 'listed'"
# Without its ending a word of a name is also found in its other forms; a short one only as it is.
_SHORTEST_BEGINNING = 4
_SHORTEST_STEM = 6
_ENDING = 2


class Organisations:
    """The organisations of the directory."""

    lexicon = Lexicon(
        stands=(f"EXISTS (SELECT FROM partners_organisationtext WHERE ({_STANDS}) AND organisation_id IN ({_LISTED}))",)
    )

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has each of the words in its name, in its texts or among its terms, or is called so."""
        asking = asked.asking
        has = [_has(asking, word) for word in asking.telling if not asking.is_common(word)]
        least = asking.words.least or len(has)
        enough = Q(has__gte=least) if has else Q(pk__in=[])
        the_title = is_title("plain_name", asked.title)
        in_front = [_in_front(asking, word) for word in asking.telling]
        readable = Q(pk__in=OrganisationText.objects.filter(language=asked.language).values("organisation"))
        return row(
            Organisation.objects.public().alias(has=how_many(has)).filter(enough | the_title),
            kind=Value("organisation"),
            key="pk",
            named=named(the_title, is_in_title("plain_name", asked.title)),
            matched=how_many(has) if asking.words.least else Value(0),
            fitting=how_many(in_front) if len(in_front) > 1 else Value(0),
            level=total(_level(asking, word, readable) for word in asking.telling),
            moment="created_at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Name, summary, sector and country."""
        found = Organisation.objects.public().with_facts().filter(pk__in=list(keys))
        return {organisation.pk: _hit(organisation, language) for organisation in found}


def own_list(words: str) -> str:
    """The directory with the same words."""
    return f"{reverse('partners:directory')}?{urlencode({'q': words})}"


def visible_texts() -> list[str]:
    """Names and texts of the organisations of the directory, for the words that searches know."""
    listed = Organisation.objects.public().prefetch_related("texts")
    return [text for organisation in listed for text in _texts(organisation)]


def follow_words() -> None:
    """Called once when Django starts: what an organisation says of itself is learnt when it is saved."""
    post_save.connect(_learn, sender=Organisation, dispatch_uid="partners.site_words")
    post_save.connect(_learn, sender=OrganisationText, dispatch_uid="partners.site_words")


def _learn(instance: Organisation | OrganisationText, raw: bool = False, **_signal: Any) -> None:
    organisation = instance.organisation if isinstance(instance, OrganisationText) else instance
    if not raw and organisation.status == Organisation.Status.LISTED:
        site_words.learn(_texts(Organisation.objects.get(pk=organisation.pk)))


def _texts(organisation: Organisation) -> list[str]:
    return [organisation.name, *(text for each in organisation.texts.all() for text in (each.summary, each.body))]


def _has(asking: Asking, word: Word) -> Q:
    return _in_name(word) | _in_texts(asking, word) | _among_terms(asking, word)


def _in_front(asking: Asking, word: Word) -> Q:
    return _in_name(word) | _in_texts(asking, word, weight="B") | _among_terms(asking, word)


def _level(asking: Asking, word: Word, readable: Q) -> Combinable:
    told = first_of((_in_texts(asking, word, weight="B"), SUMMARY), (_in_texts(asking, word), BODY))
    told *= first_of((readable, 1.0), otherwise=FOREIGN)
    term = first_of((_among_terms(asking, word), TERM)) if asking.keys(word) else Value(0.0)
    return first_of((_in_name(word), TITLE), otherwise=told) + term


def _in_name(word: Word) -> Q:
    """A name is in no language: it has a word as it is, or one that begins so."""
    fits = Q(pk__in=[])
    for form in word.forms:
        fits |= Q(_Contains(F("plain_name"), Value(_beginning(form.strip('"')))))
    return fits


def _beginning(plain: str) -> str:
    if len(plain) < _SHORTEST_BEGINNING or " " in plain:
        return f" {plain} "
    return f" {plain[: max(_SHORTEST_STEM, len(plain) - _ENDING)]}"


class _Contains(Func):
    """Whether plain words, with a space before and after them, have these letters."""

    arg_joiner = " || ' ', "
    template = "(strpos(' ' || %(expressions)s) > 0)"
    output_field = BooleanField()


def _in_texts(asking: Asking, word: Word, weight: str = "") -> Q:
    fits = Q(pk__in=[])
    for code in LANGUAGES:
        if query := either([asking.loosely(word, code), asking.kin(word, code) if weight else ""]):
            vector = Q(Matches(F("search_vector"), as_query(weighing(query, weight) if weight else query)))
            fits |= Q(vector, language=code) if code else Q(vector, ~Q(language__in=[*full_text.CONFIGURATIONS]))
    return Q(pk__in=OrganisationText.objects.filter(fits).values("organisation"))


def _among_terms(asking: Asking, word: Word) -> Q:
    keys = asking.keys(word)
    described = Organisation.terms.through.objects.filter(term__in=keys).values("organisation")
    return Q(sector__in=keys) | Q(country__in=keys) | Q(region__in=keys) | Q(pk__in=described) if keys else Q(pk__in=[])


def _hit(organisation: Organisation, language: str) -> Hit:
    shown = card(organisation, language)
    # A name is in no language; only the words about it are.
    return Hit(
        title=shown.name,
        url=shown.url,
        text=shown.summary,
        details=(shown.sector, shown.country),
        text_language=shown.language,
    )
