"""A call with 300 consortia of twelve partners: what staff see of them, beside the same asked by hand.

"Board" is the row of figures with what is covered at every stage, "list" its first page with all that a row says,
"reminders" who would be reminded in the whole call, and "match list" the first page of who completes an
organisation, as in `benchmarks/partners/matching.py`; "release" (`benchmarks/partners/releasing.py`) tells all
partners of all consortia what was recommended, and takes it back. "Whole" is the time until the page has its facts,
"database" what of it is spent waiting for statements, "bare SQL" statements written by hand that find the same
(`benchmarks/by_hand/consortia.py`). "Same" says whether both found the same. A round with 30 consortia comes first
and shows whether the number of statements stays.
"""

import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.ground.database import Database
from benchmarks.ground.measured import WAYS, Measured, measure

if TYPE_CHECKING:
    from calls.chain.models import Call
    from consortia.interest.models import Interest

SIZES, PARTNERS, ASKED, SEED = (30, 300), 12, 20, 2028


def main() -> None:
    """Measure in a process and a database of their own."""
    with Database() as database:
        database.call("benchmarks.partners.consortia", "measure_all")


def measure_all() -> None:
    """One size after the other in this process's database."""
    import django
    from wagtail import hooks

    django.setup()
    from benchmarks.partners import releasing

    # The lists of the admin, to which figures lead, come with these.
    hooks.search_for_hooks()
    for number in SIZES:
        call, asked = fill(number)
        show(number, {**_of_staff(call), "match list": _matching(asked), "release": releasing.measured(call)})


def fill(number: int) -> "tuple[Call, list[Interest]]":
    """Half of them drafts, of which two thirds show their names; each organisation is in three."""
    from django.db import connection
    from django.utils import timezone

    from accounts.users.models import User
    from benchmarks.partners import matching
    from calls.chain.models import Call, Deadline
    from partners.organisations.models import Organisation

    User.objects.filter(email__startswith="made-up-").delete()
    organisations = number * PARTNERS // 3
    asked = matching.fill(organisations, organisations)
    call = Call.objects.get()
    due_at = timezone.now() + timedelta(days=30)
    Deadline.objects.create(call=call, label="Declare", due_at=due_at, has_time=True, governs="declaration")
    listed = list(Organisation.objects.order_by("pk"))
    _owners(listed)
    chance = random.Random(SEED)
    _consortia(call, listed, number, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return call, asked[:ASKED]


def _owners(organisations: list[Any]) -> None:
    from allauth.account.models import EmailAddress

    from accounts.users.models import User
    from partners.organisations.models import Membership

    made = User.objects.bulk_create(
        [User(email=f"{each.slug}@example.org", first_name="Ann", language="en") for each in organisations]
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=each, role=Membership.Role.OWNER)
        for user, each in zip(made, organisations, strict=True)
    )


def _consortia(call: "Call", organisations: list[Any], number: int, chance: random.Random) -> None:
    from consortia.consortium.models import Consortium, Member
    from consortia.sign_off.models import SignOff, Version
    from hub.vocabularies.models import Term

    made = Consortium.objects.bulk_create(
        Consortium(
            call=call,
            name=f"Consortium {place:03}",
            summary={"en": "-"},
            status="draft" if place % 2 else "declared",
            shown_to_centre="number" if place % 3 == 0 else "names",
        )
        for place in range(number)
    )
    members = Member.objects.bulk_create(
        Member(consortium=each, organisation=organisation, status="joined", is_lead=place == 0)
        for each in made
        for place, organisation in enumerate(chance.sample(organisations, PARTNERS))
    )
    tracks, through = list(Term.objects.of("track")), Member.tracks.through
    through.objects.bulk_create(
        through(member=member, term=term) for member in members for term in chance.sample(tracks, 2)
    )
    versions = Version.objects.bulk_create(Version(consortium=each, number=1, text={}, digest="-") for each in made)
    of = {each.consortium_id: each for each in versions}
    SignOff.objects.bulk_create(
        SignOff(member=member, version=of[member.consortium_id], is_confirmed=True)
        for member in members
        if chance.random() < 0.6
    )


def _of_staff(call: "Call") -> dict[str, Measured]:
    from benchmarks.by_hand import consortia as by_hand
    from consortia.board import facets, stages
    from consortia.board.gaps import figures, gaps
    from consortia.board.listing import Asked, Row, listed
    from consortia.board.reminding import Selection
    from consortia.board.views import PER_PAGE

    def board() -> Any:
        return figures(call), gaps(call)

    def rows() -> Any:
        found = [Row(each) for each in listed(call, Asked())[:PER_PAGE]]
        # What the page says of each.
        said = [(each.state, each.lead, each.signed, each.tracks, each.receipt) for each in found]
        return [each.consortium.pk for each, _said in zip(found, said, strict=True)]

    def reminded() -> Any:
        return {(each.consortium.pk, each.user.pk) for each in Selection(call).reminders}

    # The same numbers: how many of each stage, and of each term at each stage.
    numbers = {
        (code, facet): facets.numbers(stages.STAGES[code].rows(call), facet)
        for code in ("drafts", "declared")
        for facet in facets.FACETS
    } | {("interests", facet): facets.interested(call, facet) for facet in facets.FACETS}
    return {
        "board": measure(board, lambda: by_hand.board(call.pk), numbers == by_hand.board(call.pk)),
        "list": measure(rows, lambda: by_hand.rows(call.pk, PER_PAGE), rows() == by_hand.rows(call.pk, PER_PAGE)),
        "reminders": measure(
            reminded, lambda: by_hand.reminded(call.pk), reminded() == by_hand.reminded(call.pk) != set()
        ),
    }


def _matching(asked: "list[Interest]") -> Measured:
    from benchmarks.by_hand.matching import completing as by_hand
    from consortia.interest.models import Interest
    from consortia.matching.completing import ranked, reasons, with_facts
    from consortia.matching.side import side

    mine = side(with_facts(Interest.objects.filter(pk=asked[0].pk)).get())

    def page() -> Any:
        keys = list(ranked(mine).values_list("pk", flat=True)[:20])
        found = with_facts(Interest.objects.all()).in_bulk(keys)
        return keys, [reasons(mine, side(each)) for each in found.values()]

    return measure(page, lambda: by_hand(mine, 20), page()[0] == by_hand(mine, 20))


def show(number: int, measured: dict[str, Measured]) -> None:
    """Median and 95th percentile in milliseconds, then the ratio of the medians."""
    print(
        f"\nConsortia: {number} of {PARTNERS} partners in one call; milliseconds, half / 95 of 100; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} in the last minute"
    )
    print(f"{'':<12}{''.join(f'{way:>18}' for way in WAYS)}{'database : SQL':>16}{'statements':>12}{'same':>6}")
    for name, each in measured.items():
        cells = "".join(f"{f'{each.half(way):.1f} / {each.most(way):.1f}':>18}" for way in WAYS)
        ratio = each.half("database") / each.half("bare SQL")
        print(f"{name:<12}{cells}{ratio:>16.2f}{each.queries:>12}{'yes' if each.same_rows else 'NO':>6}")
