"""A call that takes proposals of recommended consortia only: before the release, after it, and of a text of later."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.profile.to_do import tasks
from consortia.consortium.actions import RefusedError, Role
from consortia.outcomes.models import Outcome
from consortia.proposal.models import Proposal
from consortia.receipts import clock
from consortia.rules import setting
from consortia.rules.models import CallRules
from consortia.sign_off import versions
from consortia.sign_off.models import Version
from tests.consortia.partnering import address, text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["proposing"]
WAITING = "what is recommended about this declaration is not released yet. Fill the parts in meanwhile."
LEAD, PARTNER = Role.LEAD_OWNER, Role.MEMBER_EDITOR
NOT = "In this call only consortia that are recommended, with conditions or without, submit a proposal"


@pytest.fixture(autouse=True)
def english(editor: Client) -> Iterator[None]:
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def strict(proposing: Proposing) -> Proposing:
    """Filled in, and the rule is set."""
    proposing.fill()
    CallRules.objects.create(call=proposing.call, recommended_only=True)
    return proposing


def _settle(proposing: Proposing, verdict: str, *, is_released: bool) -> None:
    Outcome.objects.create(
        consortium=proposing.consortium,
        verdict=verdict,
        reasons="Because.",
        conditions="Find a bank." if verdict == "conditions" else "",
        version=versions.latest(proposing.consortium).number,
        released_at=clock.now() if is_released else None,
    )


def _asked(proposing: Proposing) -> bool:
    return any("Submit the proposal" in task.text for task in tasks(proposing.person(Role.LEAD_OWNER), "en"))


def _page(proposing: Proposing, name: str = "proposal") -> str:
    return text(signed_in(proposing.person(Role.LEAD_OWNER)).get(address(name, proposing.consortium.uuid)))


@pytest.mark.parametrize("verdict", ["recommended", "conditions", "not", "", "of an earlier text", "settled"])
def test_only_what_is_recommended_is_taken(strict: Proposing, verdict: str) -> None:
    is_taken = verdict in {"recommended", "conditions"}
    if verdict:
        known = verdict if verdict in Outcome.Verdict.values else "recommended"
        _settle(strict, known, is_released=verdict != "settled")
    if verdict == "of an earlier text":
        Version.objects.create(consortium=strict.consortium, number=99, text={}, digest="0" * 64)
    assert _asked(strict) == is_taken
    shown = _page(strict)
    assert ("Submit the proposal</button>" in shown) == is_taken
    said = "" if is_taken else NOT if verdict == "not" else WAITING
    assert said in shown
    assert said in _page(strict, "consortium")
    if is_taken:
        assert strict.submit()
    else:
        with pytest.raises(RefusedError, match=said):
            strict.submit()
    assert Proposal.objects.exists() == is_taken


@pytest.mark.parametrize("verdict", ["", "recommended", "not"])
def test_parts_are_asked_for_as_long_as_they_may_count(proposing: Proposing, verdict: str) -> None:
    CallRules.objects.create(call=proposing.call, recommended_only=True)
    if verdict:
        _settle(proposing, verdict, is_released=True)
    fill, submit = "Fill in the proposal of “Together”", "Submit the proposal of “Together”"
    expected = {"": ([fill], [fill]), "recommended": ([submit], [fill]), "not": ([], [])}[verdict]
    asked = [[task.text for task in tasks(proposing.person(role), "en")] for role in (LEAD, PARTNER)]
    assert asked == list(expected)


def test_what_was_submitted_before_the_rule_still_counts_but_is_not_replaced(proposing: Proposing) -> None:
    proposing.fill()
    receipt = proposing.submit()
    CallRules.objects.create(call=proposing.call, recommended_only=True)
    assert proposing.submit() == receipt, "the form sent twice"
    assert proposing.write("Better", was=1), "the parts are filled in meanwhile"
    shown = _page(proposing)
    assert f"{receipt.number} counts" in shown
    assert "submit it again" not in shown
    with pytest.raises(RefusedError, match=WAITING):
        proposing.submit()
    assert [each.receipt for each in Proposal.objects.counting()] == [receipt]


def test_staff_set_the_rule_with_the_others(proposing: Proposing, editor: Client) -> None:
    page = reverse("consortia_admin_rules", args=[proposing.call.pk])
    stands = setting.numbers(proposing.call)
    assert not stands["recommended_only"]
    none = dict.fromkeys(("organisations", "countries", "sectors", "tracks", "letters"), 0)
    told = none | {"several": "on", "recommended_only": "on", "seen": json.dumps(stands)}
    assert editor.post(page, told).status_code == 302
    rules = CallRules.objects.get()
    assert (rules.recommended_only, rules.several, rules.organisations) == (True, True, 0)
