"""Who took practices up, entered as the centre enters it, each with its sources."""

from decimal import Decimal
from typing import Any

from django.db.models import Model

from accounts.users.models import User
from hub.vocabularies.models import Vocabulary
from nccsi.demo.reading import words
from nccsi.demo.reading.terms import Terms
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion
from practices.reuse.reporting import Account, Place, enter

# What the file says of where and by whom; everything else is a version's own.
_OF_THE_REUSE = {"practice", "adopter", "country", "region", "place", "sources", "figures"}


def load(terms: Terms, records: list[Model], *, by: User) -> int:
    """Enters those that are missing; what somebody changed or took down since stays as it is."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    known = set(Reuse.objects.values_list("practice__slug", "adopter"))
    told = words.read("reuse.toml")["reuse"]
    missing = [facts for facts in told if (facts["practice"], facts["adopter"]) not in known]
    for facts in missing:
        place = Place(
            country=terms.one(Vocabulary.COUNTRY, facts.get("country")),
            region=terms.one(Vocabulary.REGION, facts.get("region")),
            name=facts.get("place", ""),
        )
        practice, account = practices[facts["practice"]], _account(facts)
        records.append(enter(practice, adopter=facts["adopter"], place=place, account=account, by=by))
    return len(missing)


def _account(facts: dict[str, Any]) -> Account:
    said = {name: value for name, value in facts.items() if name not in _OF_THE_REUSE}
    figures = [ReuseFigure(**figure | {"value": Decimal(figure["value"])}) for figure in facts.get("figures", [])]
    sources = [ReuseSource(**source) for source in facts["sources"]]
    return Account(ReuseVersion(**{"language": "en"} | said), figures, sources)
