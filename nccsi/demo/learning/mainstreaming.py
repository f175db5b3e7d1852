"""How practices moved through the stages, and what of policy took them up, step by step with its source."""

from typing import Any

from django.db.models import Model

from accounts.users.models import User
from hub.vocabularies.models import Vocabulary
from nccsi.demo.reading import words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookOrganisation, HookPractice, HookStatus, PolicyHook, StageMove
from practices.mainstreaming.moving import move, set_status
from practices.mainstreaming.steps import Known
from practices.practice.models.practice import Practice

FILE = "mainstreaming.toml"


def load(terms: Terms, records: list[Model], *, by: User) -> int:
    """Adds the histories and the hooks that are missing; one that was begun is left to those who keep it."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    organisations = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    hooks = [_hook(facts, terms, practices, organisations, by) for facts in _missing_hooks()]
    records.extend(hooks)
    return _move(terms, practices, organisations, by) + len(hooks)


def _move(terms: Terms, practices: dict[str, Practice], organisations: dict[str, Organisation], by: User) -> int:
    begun = set(StageMove.objects.values_list("practice__slug", flat=True))
    missing = [facts for facts in words.read(FILE)["history"] if facts["practice"] not in begun]
    for facts in missing:
        for step in facts["steps"]:
            to = terms.the(Vocabulary.STAGE, step["to"])
            move(practices[facts["practice"]], to=to, by=by, **_told(step, organisations))
    return len(missing)


def _missing_hooks() -> list[dict[str, Any]]:
    # A name may be mended later, the first step may not.
    known = set(HookStatus.objects.values_list("hook__practices__practice__slug", "status", "on", "source_url"))
    return [facts for facts in words.read(FILE)["hook"] if _first(facts) not in known]


def _hook(
    facts: dict[str, Any],
    terms: Terms,
    practices: dict[str, Practice],
    organisations: dict[str, Organisation],
    by: User,
) -> PolicyHook:
    hook = PolicyHook(
        title=words.label(facts["title"]),
        kind=facts["kind"],
        level=facts["level"],
        country=terms.one(Vocabulary.COUNTRY, facts.get("country")),
        region=terms.one(Vocabulary.REGION, facts.get("region")),
        place=facts.get("place", ""),
        website=facts.get("website", ""),
    )
    hook.practices = [
        HookPractice(practice=practices[slug], sort_order=place) for place, slug in enumerate(facts["practices"])
    ]
    hook.organisations = [
        HookOrganisation(organisation=organisations[slug], sort_order=place)
        for place, slug in enumerate(facts.get("organisations", []))
    ]
    check(hook)
    hook.save()
    for step in facts["steps"]:
        set_status(hook, to=step["to"], by=by, **_told(step, organisations))
    return hook


def _first(facts: dict[str, Any]) -> tuple[Any, ...]:
    step = facts["steps"][0]
    return facts["practices"][0], step["to"], step["on"], step["url"]


def _told(step: dict[str, Any], organisations: dict[str, Organisation]) -> dict[str, Any]:
    return {
        "on": step["on"],
        "known": step.get("known", Known.DAY),
        "word": step.get("word", ""),
        "organisation": organisations[step["organisation"]] if "organisation" in step else None,
        "source_title": step["title"],
        "source_url": step["url"],
    }
