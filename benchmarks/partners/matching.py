"""Matching with 20 000 organisations and 2 000 interests in one call: the ranking beside the same ranking by hand.

Each list is asked for by forty organisations, the first page of it. "ranked" is the portal's statement, "with facts"
the same with everything that the page shows and says, and "bare SQL" a statement written by hand that finds and adds
up the same (`benchmarks/by_hand/matching.py`). Of the directory, narrowed by a theme and a country, "ranked" is the
first page with the counts of all facets, and "with facts" the whole page with both maps, as HTML; likely duplicates are
what is suggested for a name that somebody types. "same rows" counts how often both give the same rows in the same
order. A round with a tenth of the rows comes first and shows whether the number of queries stays.
"""

import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from benchmarks.ground.database import Database
from benchmarks.ground.measured import Measured

if TYPE_CHECKING:
    from consortia.interest.models import Interest
    from partners.organisations.models import Organisation

SIZES = ((2_000, 200), (20_000, 2_000))
T = TypeVar("T")
ASKED, ON_A_PAGE, LIKE_YOURS = 40, 20, 5
SEED = 2027
_SYLLABLES = [start + vowel for start in "bdfgklmnprstv" for vowel in "aeiou"]


def main() -> None:
    """Measure in a process and a database of their own."""
    with Database() as database:
        database.call("benchmarks.partners.matching", "measure_all")


def measure_all() -> None:
    """One size after the other in this process's database."""
    import django

    django.setup()
    for organisations, interests in SIZES:
        started = time.monotonic()
        asked = fill(organisations, interests)
        seconds = time.monotonic() - started
        measured = {"who completes you": completing(asked), "like yours": alike(asked)}
        show(organisations, interests, seconds, measured | _of_the_directory(asked))


def fill(organisations: int, interests: int) -> "list[Interest]":
    """A call with so many interests among so many organisations, the same each time; those that will ask."""
    from django.db import connection

    from calls.chain.models import Call
    from consortia.interest.models import Contribution, Interest
    from hub.vocabularies.models import Term
    from partners.organisations.models import Organisation

    Call.objects.all().delete()
    Organisation.objects.all().delete()
    chance = random.Random(SEED)
    terms = {name: list(Term.objects.of(name)) for name in ("sector", "country", "region", "theme", "target", "track")}
    made = Organisation.objects.bulk_create(
        [_organisation(number, terms, chance) for number in range(organisations)], batch_size=2_000
    )
    through = Organisation.terms.through
    several = {"theme": 3, "target": 2, "track": 2, "region": 2}
    through.objects.bulk_create(
        (
            through(organisation=each, term=term)
            for each in made
            for name, number in several.items()
            for term in chance.sample(terms[name], number)
        ),
        batch_size=5_000,
    )
    call = Call.objects.create(title="The call")
    interested = Interest.objects.bulk_create([_interest(call, each, chance) for each in made[:interests]])
    Contribution.objects.bulk_create(
        Contribution(interest=each, track=track) for each in interested for track in chance.sample(terms["track"], 2)
    )
    seeks = Interest.seeks.through
    seeks.objects.bulk_create(
        seeks(interest=each, term=term)
        for each in interested
        for term in [*chance.sample(terms["track"], 2), chance.choice(terms["sector"])]
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return chance.sample(interested, ASKED)


def _organisation(number: int, terms: dict[str, list[Any]], chance: random.Random) -> "Organisation":
    from partners.organisations.models import Organisation

    return Organisation(
        slug=f"made-up-{number}",
        name=_name(chance),
        status="listed",
        sector=chance.choice(terms["sector"]),
        country=terms["country"][min(int(chance.expovariate(0.4)), len(terms["country"]) - 1)],
        region=chance.choice([*terms["region"], None]),
        networks=["insisst"] if chance.random() < 0.1 else [],
    )


def _name(chance: random.Random) -> str:
    """Three words that nobody uses: names of organisations resemble one another little."""
    return " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _word in range(3)).title()


def _interest(call: Any, organisation: "Organisation", chance: random.Random) -> "Interest":
    from django.utils import timezone

    from consortia.interest.models import Interest

    return Interest(
        call=call,
        organisation=organisation,
        organisation_name=organisation.name,
        sector=organisation.sector,
        contact_name="x",
        email=f"{organisation.slug}@example.org",
        language="en",
        role=chance.choice(list(Interest.Role)),
        status="confirmed",
        confirmed_at=timezone.now(),
        consent_wording="-",
        is_shown=True,
    )


def completing(asked: "Sequence[Interest]") -> Measured:
    """The first page of who completes each of these."""
    from benchmarks.by_hand.matching import completing as by_hand
    from consortia.interest.models import Interest
    from consortia.matching.completing import ranked, reasons, with_facts
    from consortia.matching.side import Side, side

    sides = [side(each) for each in with_facts(Interest.objects.filter(pk__in=[each.pk for each in asked]))]

    def rows(mine: Side) -> list[int]:
        return list(ranked(mine).values_list("pk", flat=True)[:ON_A_PAGE])

    def with_words(mine: Side) -> object:
        found = with_facts(Interest.objects.all()).in_bulk(rows(mine))
        return [reasons(mine, side(each)) for each in found.values()]

    return _measure(sides, rows, with_words, lambda mine: by_hand(mine, ON_A_PAGE))


def alike(asked: "Sequence[Interest]") -> Measured:
    """The organisations most like those that ask."""
    from benchmarks.by_hand.matching import alike as by_hand
    from partners.matching import alike as matching
    from partners.organisations.models import Organisation

    own = Organisation.objects.with_facts().filter(pk__in=[each.organisation_id for each in asked])
    likenesses = [matching.of_organisation(each) for each in own]

    def rows(likeness: matching.Likeness) -> list[int]:
        return list(matching.ranked(likeness).values_list("pk", flat=True)[:LIKE_YOURS])

    def with_words(likeness: matching.Likeness) -> object:
        from hub.content_memory import content_version

        content_version.forget()
        return matching.alike(likeness, most=LIKE_YOURS)

    return _measure(likenesses, rows, with_words, lambda likeness: by_hand(likeness, LIKE_YOURS))


def _of_the_directory(asked: "Sequence[Interest]") -> dict[str, Measured]:
    """The list as a visitor narrows it, and the likely duplicates of names that somebody types."""
    from benchmarks.partners import directory
    from partners.organisations.models import Organisation

    own = list(Organisation.objects.with_facts().filter(pk__in=[each.organisation_id for each in asked]))
    names = [directory.typed(each) for each in own]
    return {
        "directory": _measure(directory.choices(own), directory.rows, directory.page, directory.by_hand),
        "likely duplicates": _measure(names, directory.resembling, directory.resembling, directory.resembling_by_hand),
    }


def _measure(
    asked: Iterable[T],
    rows: Callable[[T], object],
    with_words: Callable[[T], object],
    by_hand: Callable[[T], object],
) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked, measured = list(asked), Measured()
    with CaptureQueriesContext(connection) as queries:
        with_words(asked[0])
    measured.queries = len(queries)
    measured.same_rows = sum(rows(each) == by_hand(each) for each in asked)
    for way, ask in {"ranked": rows, "with facts": with_words, "bare SQL": by_hand}.items():
        measured.times[way] = [_milliseconds(ask, each) for each in asked]
    return measured


def _milliseconds(ask: Callable[[Any], object], what: object) -> float:
    started = time.perf_counter()
    ask(what)
    return 1000 * (time.perf_counter() - started)


def show(organisations: int, interests: int, seconds: float, measured: dict[str, Measured]) -> None:
    """Median and 95th percentile in milliseconds, then the ratios of the latter."""
    print(
        f"\nMatching: {organisations:,} organisations, {interests:,} interests in one call, made in {seconds:.0f} s; "
        f"milliseconds, half / 95 of 100; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} in the last minute"
    )
    ways = ("ranked", "with facts", "bare SQL")
    print(f"{'':<20}{''.join(f'{way:>18}' for way in ways)}{'ranked : SQL':>14}{'queries':>9}{'same rows':>11}")
    for name, each in measured.items():
        cells = "".join(f"{f'{each.half(way):.1f} / {each.most(way):.1f}':>18}" for way in ways)
        ratio = each.most("ranked") / each.most("bare SQL")
        print(f"{name:<20}{cells}{ratio:>14.2f}{each.queries:>9}{f'{each.same_rows} of {ASKED}':>11}")
