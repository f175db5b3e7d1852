"""What an issue of the newsletter can tell: first what its readers were not told yet, then all that is public."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation

from hub.newsletter.issues import KIND, SPANS, Item, named, sources
from hub.newsletter.models import Digest, DigestItem
from notifications.outbox.models import Message

# With so many things a first issue starts.
LATEST = 12
# So many of each kind can be chosen, the newest.
CHOICES = 300
_EVER = datetime(1970, 1, 1, tzinfo=UTC)

Choices = list[tuple[str, str]]


def received(language: str) -> QuerySet[Digest]:
    """Issues that reached somebody in this language, or are on their way."""
    about = Concat(Value("digest:"), Cast(OuterRef("pk"), CharField()))
    mails = Message.objects.filter(about=about, kind=KIND, language=language)
    return Digest.objects.filter(Exists(mails.exclude(status__in=[Message.Status.FAILED, Message.Status.WITHDRAWN])))


def since_for(period: str, languages: Sequence[str], now: datetime) -> datetime:
    """From when on things are new for an issue: since the last one that its readers got was put together."""
    last = [found.created_at for code in languages if (found := received(code).order_by("-sent_at").first())]
    return min(last, default=now - SPANS[Digest.Period(period)])


def fresh(since: datetime, languages: Sequence[str], words_in: str) -> Choices:
    """What became public since then and was not told yet to the readers of each of these languages."""
    return _named(_untold(_offered(since, words_in), languages))


def start_with(since: datetime, languages: Sequence[str], words_in: str) -> list[str]:
    """What stands in an issue before staff choose: all that is new; where nobody got one yet, the latest things."""
    if any(received(code).exists() for code in languages):
        return [what for what, _words in fresh(since, languages, words_in)]
    untold = _untold(_offered(_EVER, words_in), languages)
    latest = {what for what, _label, _item in sorted(untold, key=_newest_first)[:LATEST]}
    return [what for what, _label, _item in untold if what in latest]


def choices(since: datetime, languages: Sequence[str], chosen: Iterable[str], words_in: str) -> tuple[Choices, Choices]:
    """What is new, and what else can be told again; what was chosen before stays, even when it is no longer public."""
    new = fresh(since, languages, words_in)
    known = {what for what, _words in new}
    others = [choice for choice in _named(_offered(_EVER, words_in)) if choice[0] not in known]
    known |= {what for what, _words in others}
    return new, others + named([what for what in chosen if what not in known], words_in)


_Offer = tuple[str, str, Item]


def _offered(since: datetime, words_in: str) -> list[_Offer]:
    with translation.override(words_in):
        return [
            (f"{name}:{item.key}", str(label), item)
            for name, (label, source) in sources().items()
            for item in sorted(source.published(since, words_in, CHOICES), key=lambda item: _age(item))
        ]


def _untold(offers: Iterable[_Offer], languages: Sequence[str]) -> list[_Offer]:
    told = [
        set(DigestItem.objects.filter(digest__in=received(code)).values_list("what", flat=True)) for code in languages
    ]
    return [offer for offer in offers if not told or not all(offer[0] in of_language for of_language in told)]


def _named(offers: Iterable[_Offer]) -> Choices:
    return [(what, f"{label}: {item.title}") for what, label, item in offers]


def _newest_first(offer: _Offer) -> float:
    return _age(offer[2])


def _age(item: Item) -> float:
    return -item.published_at.timestamp() if item.published_at else 0.0
