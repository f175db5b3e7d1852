"""What a form says about an interest besides whose it is: as plain values, as it stands, and put in its place."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NotRequired, TypedDict

from consortia.interest.models import Contribution, Interest
from hub.vocabularies.models import Term

_WORDS = ("contact_name", "role", "offers", "looks_for", "is_shown")


class Answers(TypedDict):
    """How the forms and other programs say it; `how` goes by the key of an action track."""

    sector: Term
    contact_name: str
    tracks: Iterable[Term]
    role: NotRequired[str]
    how: NotRequired[Mapping[int, str]]
    offers: NotRequired[str]
    looks_for: NotRequired[str]
    seeks: NotRequired[Iterable[Term]]
    is_shown: NotRequired[bool]


def plain(answers: Answers) -> dict[str, Any]:
    """As JSON keeps it while it waits."""
    tracks = sorted(track.pk for track in answers["tracks"])
    how = answers.get("how", {})
    return {
        "sector": answers["sector"].pk,
        "contact_name": answers["contact_name"],
        "role": str(answers.get("role", Interest.Role.EITHER)),
        "tracks": tracks,
        "how": {str(track): how[track] for track in tracks if how.get(track)},
        "offers": answers.get("offers", ""),
        "looks_for": answers.get("looks_for", ""),
        "seeks": sorted(term.pk for term in answers.get("seeks", [])),
        "is_shown": answers.get("is_shown", False),
    }


def standing(interest: Interest) -> dict[str, Any]:
    """What an interest says now, in the same shape."""
    contributions = dict(interest.contributions.order_by().values_list("track", "how"))
    return {
        **{name: getattr(interest, name) for name in _WORDS},
        "role": str(interest.role),
        "sector": interest.sector_id,
        "tracks": sorted(contributions),
        "how": {str(track): contributions[track] for track in sorted(contributions) if contributions[track]},
        "seeks": sorted(interest.seeks.values_list("pk", flat=True)),
    }


def digest(interest: Interest) -> str:
    """Stands for the very answers that it gives now."""
    return sha256(repr(sorted(standing(interest).items())).encode()).hexdigest()[:32]


def put(interest: Interest, said: dict[str, Any]) -> None:
    """Save an interest with these answers; `said` may name other columns of it, too."""
    contributions, seeks = _fill(interest, said)
    interest.save()
    interest.contributions.exclude(track__in=[each.track_id for each in contributions]).delete()
    Contribution.objects.bulk_create(
        contributions, update_conflicts=True, unique_fields=["interest", "track"], update_fields=["how"]
    )
    interest.seeks.set(seeks)


def shown(interest: Interest, said: dict[str, Any] | None = None) -> dict[str, Any]:
    """For `interest_facts.html`: what it says, or what it would say with these answers, which are not saved."""
    if said is not None:
        contributions, seeks = _fill(interest, said)
        interest.sector = Term.objects.get(pk=interest.sector_id)
    else:
        contributions = list(interest.contributions.select_related("track"))
        seeks = list(interest.seeks.all())
    return {"interest": interest, "contributions": contributions, "seeks": seeks}


def _fill(interest: Interest, said: dict[str, Any]) -> tuple[list[Contribution], list[Term]]:
    """Its columns, and its rows unsaved; a term that is no more goes without a word."""
    rest = dict(said)
    tracks, how, seeks = rest.pop("tracks"), rest.pop("how", {}), rest.pop("seeks", [])
    interest.sector_id = rest.pop("sector")
    for name, value in rest.items():
        setattr(interest, name, value)
    contributions = [
        Contribution(interest=interest, track=track, how=how.get(str(track.pk), ""))
        for track in Term.objects.of("track").filter(pk__in=tracks)
    ]
    return contributions, list(Term.objects.filter(pk__in=seeks))
