"""Whether somebody has, or lately had, a mailbox where an organisation is at home: at its domain, above or below it.

Providers with whom anybody has a mailbox say nothing (`partners.organisations.domains.PUBLIC`). All addresses of a
reviewer count, proved or not: one that is left out would keep a conflict silent. Of the people of partners only what
they proved counts: nobody makes a conflict for a reviewer by typing an address.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Lower

from accounts.users.models import User
from consortia.conflicts.models import FormerMailbox
from consortia.consortium.models import Member
from partners.organisations.domains import DOMAIN, PUBLIC, of_mailbox
from partners.organisations.models import Membership, Organisation

# Below these names of a country anybody registers a domain: example.co.uk and other.co.uk have nothing in common.
_REGISTRIES = {"ac", "co", "com", "edu", "gov", "net", "org"}


@dataclass(frozen=True)
class Shared:
    """A domain of an organisation at which somebody has a mailbox, or had one until then."""

    domain: str
    until: datetime | None

    @property
    def weight(self) -> tuple[float, str]:
        """The weightiest says most: what is now before what was, and what went last before what went earlier."""
        return self.until.timestamp() if self.until else inf, self.domain


def at_the_same_domain(users: Iterable[int], consortia: Collection[int]) -> dict[tuple[int, int], Shared]:
    """By the keys of person and organisation, what they share; of the partners of these consortia."""
    own = domains_of(users)
    everybodys = {domain for of_one in own.values() for domain in of_one}
    if not everybodys:
        return {}
    partners = Member.objects.filter(consortium__in=consortia, status=Member.Status.JOINED).order_by()
    found: dict[tuple[int, int], list[Shared]] = defaultdict(list)
    for organisation, domain, whose in _domains_of_organisations(partners.values("organisation"), everybodys):
        for user, of_one in own.items():
            # Who acts for a partner brings an own mailbox along: that is no reason besides.
            if user != whose:
                found[user, organisation] += [
                    Shared(domain, until) for each, until in of_one.items() if _same(domain, each)
                ]
    return {pair: max(shared, key=lambda each: each.weight) for pair, shared in found.items() if shared}


def domains_of(users: Iterable[int]) -> dict[int, dict[str, datetime | None]]:
    """By person, the domains of their mailboxes but for the public providers': those they have (None), and those they
    lately had, until then."""
    users = list(users)
    found: dict[int, dict[str, datetime | None]] = defaultdict(dict)
    lately = FormerMailbox.objects.lately().filter(user__in=users).order_by()
    for user, domain, until in lately.values_list("user_id", "domain", "until"):
        found[user][domain] = until
    named = User.objects.filter(pk__in=users).order_by().values_list("pk", "email")
    further = EmailAddress.objects.filter(user__in=users).order_by().values_list("user_id", "email")
    for user, email in [*named, *further]:
        domain = of_mailbox(email)
        if domain and domain not in PUBLIC:
            found[user][domain] = None
    return found


def _domains_of_organisations(organisations: Any, like: set[str]) -> set[tuple[int, str, int | None]]:
    """Each with its domains that could be one of these, and with whose mailbox is there: the person's, or nobody's for
    its website and its own mailbox."""
    mailbox = Func(Lower(F("mailbox")), Value("@([^@]+)$"), function="substring")
    own = Organisation.objects.filter(pk__in=organisations).annotate(key=F("pk"), whose=Value(None, IntegerField()))
    people = Membership.objects.filter(organisation__in=organisations).annotate(key=F("organisation"), whose=F("user"))
    proved = people.filter(user__emailaddress__verified=True)
    near = _near(like)
    found: set[tuple[int, str, int | None]] = set()
    for rows in (
        own.annotate(domain=DOMAIN),
        own.annotate(mailbox=F("email"), domain=mailbox),
        people.annotate(mailbox=F("user__email"), domain=mailbox),
        proved.annotate(mailbox=F("user__emailaddress__email"), domain=mailbox),
    ):
        found |= set(rows.filter(near).exclude(domain__in=PUBLIC).order_by().values_list("key", "domain", "whose"))
    return found


def _near(domains: set[str]) -> Q:
    """Whether `domain` is one of these, above one of them, or below."""
    exactly = {above for each in domains for above in _and_above(each)}
    near = Q(domain__in=exactly)
    for each in domains:
        near |= Q(domain__endswith=f".{each}")
    return near


def _same(one: str, other: str) -> bool:
    return one in _and_above(other) or other in _and_above(one)


def _and_above(domain: str) -> set[str]:
    """`a.b.example.org` gives itself, `b.example.org` and `example.org`; no registry, no public provider."""
    labels = domain.split(".")
    above = {".".join(labels[start:]) for start in range(len(labels) - 1)} - {domain}
    shared = {each for each in above if each.count(".") == 1 and each.split(".")[0] in _REGISTRIES}
    return {domain} | (above - shared - PUBLIC)
