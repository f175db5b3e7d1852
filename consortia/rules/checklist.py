"""The rules of a call as a list: what a consortium has of each, and what it still lacks."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from consortia.rules.models import CallRules


@dataclass(frozen=True)
class Check:
    """One rule: what is asked, what there is of it, and what would satisfy it."""

    rule: str
    has: int
    needs: int

    @property
    def is_met(self) -> bool:
        return self.has >= self.needs

    @property
    def lack(self) -> str:
        """What would satisfy the rule; nothing where it is met."""
        missing = self.needs - self.has
        said = ngettext("One more is needed.", "%(number)d more are needed.", missing) % {"number": missing}
        return "" if self.is_met else said


def checklist(
    rules: CallRules | None,
    *,
    organisations: Collection[int],
    countries: Collection[int],
    sectors: Collection[int],
    tracks: Collection[int],
    endorsed: Collection[int],
) -> list[Check]:
    """By the keys of what takes part, each once; only the rules that the call has, in no query.

    `endorsed`: which of the organisations have a letter of endorsement.
    """
    if rules is None:
        return []
    checks = [
        Check(gettext("Organisations"), len(set(organisations)), rules.organisations),
        Check(gettext("Countries"), len(set(countries)), rules.countries),
        Check(gettext("Sectors"), len(set(sectors)), rules.sectors),
        Check(gettext("Action tracks"), len(set(tracks)), rules.tracks),
        Check(gettext("Letters of endorsement"), len(set(endorsed)), _letters(rules, len(set(organisations)))),
    ]
    return [check for check in checks if check.needs]


def _letters(rules: CallRules, organisations: int) -> int:
    return max(rules.letters, organisations if rules.letter_of_each else 0)
