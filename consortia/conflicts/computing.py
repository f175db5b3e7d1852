"""Who has which conflict with which consortium: worked out from what stands in the database whenever it is asked.

Nothing of it is kept, so it is as new as the partners, the memberships and the addresses are. Liftings say which of the
reasons do not block; each is about one kind and one partner, so another reason blocks anew.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from django.db.models import Q

from calls.chain.models import Call
from consortia.conflicts.mailboxes import at_the_same_domain
from consortia.conflicts.models import Kind, Lifting, Statement
from consortia.consortium.models import Consortium, ConsortiumQuerySet, Member
from consortia.declaration.deadline import closing
from consortia.introductions.models import Introduction
from consortia.reviewers.access import reviewed
from consortia.reviewers.models import Reviewer
from partners.members.models import FormerMembership
from partners.organisations.models import Membership, Organisation

# By person: each organisation that they act for (None), or acted for until then.
Own = dict[int, dict[int, datetime | None]]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Conflict:
    """One reason why a reviewer is not to read a consortium; `partner` is the organisation that it comes from.

    It has no name where nobody may read it: of an organisation that is in a draft.
    """

    reviewer: int
    consortium: int
    kind: Kind
    partner: int | None = None
    partner_name: str = ""
    # What the sentence says besides: the rival consortium, a domain, the own organisation, the reviewer's words.
    detail: str = ""
    until: datetime | None = None
    statement: int | None = None
    lifting: Lifting | None = None

    @property
    def blocks(self) -> bool:
        return self.lifting is None


@dataclass(frozen=True)
class _Part:
    consortium: int
    consortium_name: str
    partner: int
    partner_name: str


def conflicts(
    call: Call, reviewers: Iterable[Reviewer], consortia: Collection[Consortium]
) -> dict[Pair, list[Conflict]]:
    """By the keys of reviewer and consortium, what there is between the two, lifted ones too; none for most.

    In a fixed number of queries, however many of both there are.
    """
    users = {each.pk: each.user_id for each in reviewers}
    people = {key: user for key, user in users.items() if user}
    wanted = {each.pk for each in consortia}
    found: dict[Pair, dict[object, Conflict]] = defaultdict(dict)
    # What somebody declared counts when the account is gone, too; nothing else can be computed then.
    for each in chain(_all(call, people, wanted), _statements(users, wanted)):
        same = each.statement or ("own" if each.kind in {Kind.MEMBER, Kind.FORMER} else each.kind, each.partner)
        found[each.reviewer, each.consortium].setdefault(same, each)
    lifted = _liftings(users, wanted)
    order = list(Kind)
    return {
        pair: sorted(
            (lifted(each) for each in of.values()), key=lambda each: (order.index(each.kind), each.partner_name)
        )
        for pair, of in found.items()
    }


def blocked(call: Call, reviewer: Reviewer, consortium: Consortium) -> list[Conflict]:
    """What keeps this reviewer from reading this consortium now."""
    found = conflicts(call, [reviewer], [consortium])
    return [each for each in found.get((reviewer.pk, consortium.pk), []) if each.blocks]


def _all(call: Call, people: dict[int, int], wanted: set[int]) -> Iterator[Conflict]:
    own = _own(people.values())
    yield from _memberships(call, people, own, wanted)
    yield from _domains(people, wanted)
    yield from _introductions(people, own, wanted)


def _own(users: Iterable[int]) -> Own:
    """What each of them acts for, and lately acted for."""
    users = list(users)
    own: Own = defaultdict(dict)
    lately = FormerMembership.objects.lately().filter(user__in=users).order_by("ended_at")
    for user, organisation, until in lately.values_list("user_id", "organisation_id", "ended_at"):
        own[user][organisation] = until
    for user, organisation in Membership.objects.filter(user__in=users).values_list("user_id", "organisation_id"):
        own[user][organisation] = None
    return own


def _memberships(call: Call, people: dict[int, int], own: Own, wanted: set[int]) -> Iterator[Conflict]:
    """Of a partner, and so with every other consortium of the call."""
    organisations = {organisation for of_one in own.values() for organisation in of_one}
    taking_part = _parts(reviewed(call).order_by(), organisations)
    drafts = _in_drafts(call, organisations - {part.partner for part in taking_part})
    for reviewer, user in people.items():
        of_one = own.get(user, {})
        for part in taking_part:
            if part.partner in of_one:
                yield from _with_declared(reviewer, part, of_one[part.partner], wanted)
        for part in drafts:
            if part.partner in of_one:
                kind = Kind.FORMER_DRAFT if of_one[part.partner] else Kind.DRAFT
                # Neither named nor with a date: both would tell who is in a draft.
                yield from (Conflict(reviewer, rival, kind, part.partner) for rival in wanted - {part.consortium})


def _with_declared(reviewer: int, part: _Part, until: datetime | None, wanted: set[int]) -> Iterator[Conflict]:
    member, rivals = (Kind.FORMER, Kind.FORMER_RIVAL) if until else (Kind.MEMBER, Kind.RIVAL)
    if part.consortium in wanted:
        yield Conflict(reviewer, part.consortium, member, part.partner, part.partner_name, until=until)
    for rival in wanted - {part.consortium}:
        yield Conflict(reviewer, rival, rivals, part.partner, part.partner_name, part.consortium_name, until)


def _in_drafts(call: Call, organisations: Collection[int]) -> list[_Part]:
    """Which of these are in drafts that can still be declared: they would read a rival's text before they declare.

    Only those that take part: a lead who invites somebody's organisation does not keep that reviewer away.
    """
    drafts = Consortium.objects.filter(call=call, status=Consortium.Status.DRAFT).order_by()
    found = _parts(drafts, organisations)
    return found if found and not closing(call).is_closed else []


def _parts(consortia: ConsortiumQuerySet | set[int], organisations: Collection[int]) -> list[_Part]:
    """Which of these organisations are partners in which of these consortia."""
    if not organisations:
        return []
    rows = Member.objects.filter(
        consortium__in=consortia, status=Member.Status.JOINED, organisation__in=organisations
    ).values_list("consortium_id", "consortium__name", "organisation_id", "organisation__name")
    return [_Part(*row) for row in rows]


def _domains(people: dict[int, int], wanted: set[int]) -> Iterator[Conflict]:
    """A mailbox where a partner is at home, now or lately."""
    shared = at_the_same_domain(people.values(), wanted)
    parts = _parts(wanted, {partner for _user, partner in shared})
    for reviewer, user in people.items():
        for part in parts:
            if found := shared.get((user, part.partner)):
                kind = Kind.FORMER_DOMAIN if found.until else Kind.DOMAIN
                facts = part.partner, part.partner_name, found.domain, found.until
                yield Conflict(reviewer, part.consortium, kind, *facts)


def _introductions(people: dict[int, int], own: Own, wanted: set[int]) -> Iterator[Conflict]:
    """Accepted, between a partner and an organisation that the reviewer acts for, or acted for when asking or saying
    yes; in whichever call."""
    organisations = {organisation for of_one in own.values() for organisation in of_one}
    users = set(people.values())
    accepted = Introduction.objects.filter(
        Q(from_organisation__in=organisations)
        | Q(to_organisation__in=organisations)
        | Q(asked_by__in=users)
        | Q(answered_by__in=users),
        status=Introduction.Status.ACCEPTED,
    ).order_by()
    rows = list(accepted.values_list("from_organisation_id", "to_organisation_id", "asked_by_id", "answered_by_id"))
    ends = {organisation for row in rows for organisation in row[:2]}
    parts = _parts(wanted, ends)
    names = dict(Organisation.objects.filter(pk__in=ends).values_list("pk", "name")) if ends else {}
    for reviewer, user in people.items():
        met = _met(rows, user, own.get(user, {}))
        for part in parts:
            if part.partner in met:
                yield Conflict(
                    reviewer,
                    part.consortium,
                    Kind.INTRODUCTION,
                    part.partner,
                    part.partner_name,
                    names[met[part.partner]],
                )


def _met(rows: Sequence[tuple[int, int, int | None, int | None]], user: int, own: Collection[int]) -> dict[int, int]:
    """By the key of who was met, for which organisation this person met it."""
    met = {}
    for asking, asked, asker, answerer in rows:
        if asking in own or asker == user:
            met[asked] = asking
        if asked in own or answerer == user:
            met[asking] = asked
    return met


def _statements(reviewers: Collection[int], wanted: set[int]) -> Iterator[Conflict]:
    rows = Statement.objects.filter(reviewer__in=reviewers, consortium__in=wanted, has_conflict=True)
    for each in rows:
        yield Conflict(each.reviewer_id, each.consortium_id, Kind.DECLARED, detail=each.reason, statement=each.pk)


def _liftings(reviewers: Collection[int], wanted: set[int]) -> Callable[[Conflict], Conflict]:
    """Puts to a conflict what a chair decided about it, if one did."""
    rows = Lifting.objects.filter(reviewer__in=reviewers, consortium__in=wanted).select_related("by").order_by("-pk")
    known = {
        (each.reviewer_id, each.consortium_id, each.kind, each.organisation_id, each.statement_id): each
        for each in rows
    }

    def lifted(found: Conflict) -> Conflict:
        key = (found.reviewer, found.consortium, str(found.kind), found.partner, found.statement)
        return replace(found, lifting=known.get(key))

    return lifted
