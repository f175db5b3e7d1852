"""Practices that really exist, published as an editor publishes them."""

import tomllib
from collections.abc import Iterator
from typing import Any

from accounts.users.models import User
from hub.content_memory.references import referenced_once
from hub.vocabularies.models import Vocabulary
from nccsi.demo.reading import words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Organisation
from practices.assessment.models import Judgement, Verdict
from practices.practice.models.details import PracticeFigure, PracticeUse
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeSource, PracticeText

# The files name their lists in the plural; the vocabularies are singular.
LISTS = {
    "themes": Vocabulary.THEME,
    "targets": Vocabulary.TARGET,
    "scaling": Vocabulary.SCALING,
    "sectors": Vocabulary.SECTOR,
    "tracks": Vocabulary.TRACK,
    "sdgs": Vocabulary.SDG,
    "countries": Vocabulary.COUNTRY,
    "regions": Vocabulary.REGION,
}
PARTS = ("texts", "sources", "figures", "uses", "judgements")
WORDS = ("title", "summary", "what", "results", "needs", "steps")


def told() -> Iterator[dict[str, Any]]:
    """The facts and words of each practice, a file each."""
    for path in sorted((words.FOLDER / "practices").glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def load(terms: Terms, *, by: User) -> int:
    """Adds and publishes the practices that are missing."""
    known = set(Practice.objects.values_list("slug", flat=True))
    owners = {organisation.name: organisation for organisation in Organisation.objects.all()}
    missing = [facts for facts in told() if facts["slug"] not in known]
    for facts in missing:
        _publish(_compose(facts, terms, owners.get(facts.get("owner", ""))), by)
    return len(missing)


def _publish(practice: Practice, by: User) -> None:
    with referenced_once(practice):
        practice.save()
        practice.save_revision(user=by, log_action=True, clean=False).publish(user=by)


def _compose(facts: dict[str, Any], terms: Terms, owner: Organisation | None) -> Practice:
    practice = Practice(
        slug=facts["slug"],
        original_language=facts["original_language"],
        kind=terms.the(Vocabulary.KIND, facts["kind"]),
        stage=terms.one(Vocabulary.STAGE, facts.get("stage")),
        evidence=terms.one(Vocabulary.EVIDENCE, facts.get("evidence")),
        reach=terms.one(Vocabulary.REACH, facts.get("reach")),
        cost=terms.one(Vocabulary.COST, facts.get("cost")),
        staff=facts.get("staff"),
        months=facts.get("months"),
        checked_on=facts.get("checked_on"),
        since=facts.get("since"),
        place=facts.get("place", ""),
        website=facts.get("website", ""),
        owner=owner,
        owner_name="" if owner else facts.get("owner", ""),
        live=False,
    )
    practice.terms = [
        term for name, vocabulary in LISTS.items() for term in terms.several(vocabulary, facts.get(name, []))
    ]
    practice.texts = [
        PracticeText(language=language, **{name: text.get(name, "").strip() for name in WORDS})
        for language, text in facts["texts"].items()
    ]
    practice.sources = [
        PracticeSource(sort_order=position, title=source["title"], url=source["url"])
        for position, source in enumerate(facts["sources"])
    ]
    _compose_details(practice, facts, terms)
    if "assessment" in facts:
        _assess(practice, facts["assessment"], terms)
    check(practice, *(part for name in PARTS for part in getattr(practice, name).all()))
    return practice


def _compose_details(practice: Practice, facts: dict[str, Any], terms: Terms) -> None:
    practice.figures = [
        PracticeFigure(
            sort_order=position,
            value=figure["value"],
            label=words.label(words.spoken(figure)),
            year=figure.get("year"),
            source=figure["source"],
        )
        for position, figure in enumerate(facts.get("figures", []))
    ]
    practice.uses = [
        PracticeUse(
            sort_order=position,
            organisation=use.get("organisation", ""),
            place=use.get("place", ""),
            country=terms.one(Vocabulary.COUNTRY, use.get("country")),
            since=use.get("since"),
            website=use.get("website", ""),
        )
        for position, use in enumerate(facts.get("uses", []))
    ]


def _assess(practice: Practice, told: dict[str, Any], terms: Terms) -> None:
    """Examples, marked as such in every reason: the demo judges nobody's work."""
    reasons = words.read("assessment.toml")
    practice.assessed_on, practice.assessed_by = told["on"], told["by"]
    practice.judgements = [
        Judgement(
            sort_order=position,
            criterion=terms.the(Vocabulary.CRITERION, code),
            verdict=Verdict(verdict),
            reason=words.label(
                {each: f"{mark} {reasons[code][verdict][each]}" for each, mark in reasons["mark"].items()}
            ),
        )
        for position, (code, verdict) in enumerate(told["verdicts"].items())
    ]
