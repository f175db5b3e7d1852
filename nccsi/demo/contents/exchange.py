"""What organisations of the demo offer and seek: examples, in the language of each organisation."""

from datetime import timedelta
from typing import Any

from hub.vocabularies.models import Vocabulary
from nccsi.demo.contents import calls
from nccsi.demo.reading import words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms
from partners.exchange.models import Notice, today
from partners.organisations.models import Organisation


def load(terms: Terms) -> int:
    """Adds those that are missing; organisations and calls must be there already."""
    known = set(Notice.objects.values_list("organisation__slug", "title"))
    told = words.read("exchange.toml")["notice"]
    missing = [facts for facts in told if (facts["organisation"], facts["title"]) not in known]
    for facts in missing:
        _add(facts, terms)
    return len(missing)


def _add(facts: dict[str, Any], terms: Terms) -> None:
    organisation = Organisation.objects.get(slug=facts["organisation"])
    notice = Notice(
        kind=facts["kind"],
        organisation=organisation,
        title=facts["title"],
        text=facts["text"].strip(),
        language=organisation.original_language,
        country=organisation.country,
        region=terms.one(Vocabulary.REGION, facts.get("region")),
        call=calls.known(calls.NEXT) if facts.get("call") else None,
        until=today() + timedelta(weeks=facts["weeks"]),
    )
    check(notice)
    notice.save()
    notice.terms.set(
        [*terms.several(Vocabulary.TRACK, facts["tracks"]), *terms.several(Vocabulary.THEME, facts["themes"])]
    )
