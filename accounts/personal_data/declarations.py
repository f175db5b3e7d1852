"""Which records are about people: each app says so of its models, and what happens to them when a person is erased.

`<app>/personal_data.py` lists them; `AppConfig.ready` registers the list.
`tests/accounts/personal_data` fails on a model that could hold personal data and is neither here nor among those that
hold none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.subjects import Subject
from accounts.privacy.keeping import KeepingTime
from accounts.users import addresses

Words = str | Promise


@dataclass(frozen=True)
class Stays:
    """The rows stay without the person: why, and which columns become what instead.

    Keys to the account become empty by themselves; these columns do so besides.
    """

    why: Words
    without: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonalData:
    """One kind of record about people, in one role that they have in it.

    `people` are ways to the account, `addresses` ways to columns with an address: `registration__email`. `fields` is
    what the person is shown and gets as their own; `written` those among them that stay as they are when the rows do,
    being what was said for others; `theirs_not` columns with text that are not about the person (of others, of the
    centre, secrets). `first` is called before anything goes, to leave in the field's own way; `warns` says beforehand
    what somebody should see to.
    """

    model: type[models.Model]
    why: Words
    kept: KeepingTime
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    theirs_not: tuple[str, ...] = ()
    stays: Stays | None = None
    # Where the model's own name does not say it.
    named: Words = ""
    # Which of several declarations of the same rows it is.
    part: str = ""
    # What its records' values read besides to say what they are called: `registration__event`.
    reads: tuple[str, ...] = ()
    first: Callable[[Subject], object] | None = None
    warns: Callable[[Subject], list[str]] | None = None
    # Rows that are left to something else: they count as nobody's.
    apart: Q | None = None

    @property
    def key(self) -> str:
        """By which addresses and tests name it: `events.registration.user`."""
        way = (*self.people, *self.addresses)[0].replace("__", "-")
        return ".".join(filter(None, [self.model._meta.label_lower, way, self.part]))

    @property
    def name(self) -> Words:
        """What people call such records."""
        return self.named or self.model._meta.verbose_name_plural or self.model._meta.model_name or ""

    @property
    def own_people(self) -> list[str]:
        """The ways to the account that are columns of the model itself and may be empty."""
        return [way for way in self.people if "__" not in way and way != "pk" and self._may_be_empty(way)]

    def _may_be_empty(self, way: str) -> bool:
        found = self.model._meta.get_field(way)
        return bool(getattr(found, "null", False))

    def rows(self, subject: Subject) -> QuerySet[Any]:
        """The records of this person; in the order of their keys."""
        ways = [Q(**{way: subject.user}) for way in self.people if subject.user and way != "pk"]
        if subject.user and "pk" in self.people:
            ways.append(Q(pk=subject.user.pk))
        ways += [addresses.at(way, email) for way in self.addresses for email in subject.emails]
        every = self.model._base_manager.order_by("pk")
        if not ways:
            return every.none()
        # Ways through other tables may find a row several times.
        found = self.model._base_manager.filter(reduce(or_, ways)).values("pk")
        if self.apart:
            every = every.exclude(self.apart)
        return every.filter(pk__in=found)


_declared: list[PersonalData] = []


def register(declared: Iterable[PersonalData]) -> None:
    """Called by each app for its own kinds of records."""
    for each in declared:
        if each not in _declared:
            if any(other.key == each.key for other in _declared):
                raise ValueError(f"{each.key} is declared twice.")
            _declared.append(each)


def all_kinds() -> list[PersonalData]:
    """Every kind, the accounts' own last: what hangs on them goes before."""
    return sorted(_declared, key=lambda each: each.model._meta.app_label == "accounts")


def of(key: str) -> PersonalData | None:
    """The one that is called so."""
    return next((each for each in _declared if each.key == key), None)


# What somebody did for an organisation or for the centre: it stays, and nobody is named in it any more.
WHY = _("So that it can be seen later who did what.")
STAYS = _("It belongs to the organisation or to the centre that it was done for; only who did it goes.")


def acted(
    model: type[models.Model],
    *people: str,
    kept: KeepingTime,
    written: tuple[str, ...] = (),
    without: Mapping[str, Any] | None = None,
    theirs_not: tuple[str, ...] = (),
    named: Words = "",
) -> PersonalData:
    """Rows that name who did something; `written` are that person's words, `without` what else names them."""
    return PersonalData(
        model,
        why=WHY,
        kept=kept,
        people=people,
        fields=(*written, *(without or {})),
        written=written,
        theirs_not=theirs_not,
        named=named,
        stays=Stays(STAYS, without=without or {}),
    )
