"""Whether somebody has a mailbox where an organisation is at home: at its domain, above or below it.

Providers with whom anybody has a mailbox say nothing (`partners.organisations.domains.PUBLIC`). All addresses of an
account count, proved or not: one that is left out would keep a conflict silent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Lower

from accounts.users.models import User
from consortia.consortium.models import Member
from partners.organisations.domains import DOMAIN, PUBLIC, of_mailbox
from partners.organisations.models import Membership, Organisation

# Below these names of a country anybody registers a domain: example.co.uk and other.co.uk have nothing in common.
_REGISTRIES = {"ac", "co", "com", "edu", "gov", "net", "org"}


def at_the_same_domain(users: Iterable[int], consortia: Collection[int]) -> dict[tuple[int, int], str]:
    """By the keys of person and organisation, the domain that they share; of the partners of these consortia."""
    own = domains_of(users)
    everybodys = {domain for of_one in own.values() for domain in of_one}
    if not everybodys:
        return {}
    partners = Member.objects.filter(consortium__in=consortia, status=Member.Status.JOINED).order_by()
    shared = {}
    for organisation, domain, whose in _domains_of_organisations(partners.values("organisation"), everybodys):
        for user, of_one in own.items():
            # Who acts for a partner brings an own mailbox along: that is no reason besides.
            if user != whose and any(_same(domain, each) for each in of_one):
                shared[user, organisation] = domain
    return shared


def domains_of(users: Iterable[int]) -> dict[int, set[str]]:
    """By person, the domains of their mailboxes but for the public providers'."""
    users = list(users)
    found: dict[int, set[str]] = defaultdict(set)
    named = User.objects.filter(pk__in=users).order_by().values_list("pk", "email")
    further = EmailAddress.objects.filter(user__in=users).order_by().values_list("user_id", "email")
    for user, email in [*named, *further]:
        domain = of_mailbox(email)
        if domain and domain not in PUBLIC:
            found[user].add(domain)
    return found


def _domains_of_organisations(organisations: Any, like: set[str]) -> set[tuple[int, str, int | None]]:
    """Each with its domains that could be one of these, and with whose mailbox is there: the person's, or nobody's for
    its website and its own mailbox."""
    mailbox = Func(Lower(F("mailbox")), Value("@([^@]+)$"), function="substring")
    own = Organisation.objects.filter(pk__in=organisations).annotate(key=F("pk"), whose=Value(None, IntegerField()))
    people = Membership.objects.filter(organisation__in=organisations).annotate(key=F("organisation"), whose=F("user"))
    near = _near(like)
    found: set[tuple[int, str, int | None]] = set()
    for rows in (
        own.annotate(domain=DOMAIN),
        own.annotate(mailbox=F("email"), domain=mailbox),
        people.annotate(mailbox=F("user__email"), domain=mailbox),
        people.annotate(mailbox=F("user__emailaddress__email"), domain=mailbox),
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
