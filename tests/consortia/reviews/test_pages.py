"""The pages of a review: every address by everybody, no word beyond the names before its time, no typed text lost."""

from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.users.models import User
from consortia.conflicts.reading import state
from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import releasing
from consortia.reviewers.models import Reviewer
from consortia.reviewing import judging
from consortia.reviewing.models import Criterion, Judgement
from partners.organisations.models import Membership
from tests.consortia.partnering import address, text
from tests.consortia.reviews.reviewing import Round, owner_of, person, review, reviewer_of
from tests.factories.partners import public_call
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["review"]


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def _client(reviewer: Reviewer) -> Client:
    assert reviewer.user
    return signed_in(reviewer.user)


def _admin(name: str, *args: Any) -> str:
    return reverse(f"consortia_admin_{name}", args=args)


# Who asks, and what they get of: the list, the conflicts, one consortium, side by side, lifting.
GETS = {
    "visitor": (302, 302, 302, 302, 302),
    "stranger": (404, 404, 404, 404, 404),
    "owner of a partner": (404, 404, 404, 404, 404),
    "staff": (404, 404, 404, 404, 404),
    "reviewer of another call": (404, 404, 404, 404, 404),
    "reviewer whose role ended": (404, 404, 404, 404, 404),
    "reviewer": (200, 403, 200, 403, 403),
    "reviewer who handed in": (200, 403, 200, 200, 403),
    "reviewer with a conflict": (200, 403, 200, 403, 403),
    "chair who has not said": (200, 200, 200, 403, 200),
    "chair": (200, 200, 200, 200, 200),
}
# Who reads more than the names.
READ = {"reviewer", "reviewer who handed in", "chair"}


def test_every_address_by_everybody(review: Round, editor_user: User, other_user: User) -> None:
    ended = reviewer_of(review.call, "Enda")
    Reviewer.objects.filter(pk=ended.pk).update(ended_at="2026-01-01T00:00Z")
    conflicted = reviewer_of(review.call, "Connor")
    state(conflicted, review.first, reason="I know them.")
    state(review.reviewer, review.first)
    review.hand_in(review.other, review.first)
    state(review.chair, review.first)
    second = reviewer_of(review.call, "Cleo", "chair")
    clients = {
        "visitor": Client(),
        "stranger": signed_in(other_user),
        "owner of a partner": signed_in(owner_of(review.first)),
        "staff": signed_in(editor_user),
        "reviewer of another call": _client(reviewer_of(public_call(title="Another"), "Ella")),
        "reviewer whose role ended": _client(ended),
        "reviewer": _client(review.reviewer),
        "reviewer who handed in": _client(review.other),
        "reviewer with a conflict": _client(conflicted),
        "chair who has not said": _client(second),
        "chair": _client(review.chair),
    }
    lifted = f"declared-{conflicted.statements.get().pk}"
    addresses = [
        address("reviews", review.call.pk),
        address("review_conflicts", review.call.pk),
        address("review", review.first.uuid),
        address("side_by_side", review.first.uuid),
        address("lift_conflict", review.first.uuid, conflicted.pk, lifted),
    ]
    wrong, read = [], set()
    for (who, client), (place, page) in product(clients.items(), enumerate(addresses)):
        answer = client.get(page)
        if answer.status_code != GETS[who][place]:
            wrong.append(f"{who}: {page} {answer.status_code}")
        if "First sums up" in text(answer):
            read.add(who)
    assert not wrong, "\n".join(wrong)
    assert read == READ


def test_a_draft_or_a_consortium_of_another_call_is_not_there(review: Round) -> None:
    client = _client(review.chair)
    Consortium.objects.filter(pk=review.first.pk).update(status="draft")
    for name in ("review", "side_by_side"):
        assert client.get(address(name, review.first.uuid)).status_code == 404
    assert "First" not in text(client.get(address("reviews", review.call.pk)))


def test_names_first_then_all_of_it(review: Round) -> None:
    client, page = _client(review.reviewer), address("review", review.first.uuid)
    before = text(client.get(page))
    assert "Alpha" in before
    assert "First sums up" not in before
    both = client.post(page, {"answer": "none", "reason": "But I know them."})
    assert both.status_code == 422
    assert "But I know them." in text(both)
    assert client.post(page, {"answer": "conflict", "reason": ""}).status_code == 422
    assert client.post(page, {"answer": "none", "reason": ""}).status_code == 302
    read = text(client.get(page))
    assert "First sums up" in read
    assert read.count("(optional)") == 1, "to declare a conflict; marks and reasons are needed"
    assert client.post(page, {"answer": "conflict", "reason": "My sister works there."}).status_code == 302
    after = text(client.get(page))
    assert "First sums up" not in after
    assert "My sister works there." in after


def test_with_a_conflict_nothing_is_saved(review: Round) -> None:
    state(review.reviewer, review.first)
    Membership.objects.create(
        user=person(review.reviewer), organisation=review.first.members.get(is_lead=True).organisation
    )
    client, page = _client(review.reviewer), address("review", review.first.uuid)
    answer = client.post(page, _typed(review, 3) | {"answer": "save"})
    assert answer.status_code == 422
    assert "Nothing was saved" in text(answer)
    assert not Judgement.objects.exists()
    assert "Acts for the partner Alpha." in text(client.get(page))


def _typed(review: Round, value: int, seen: int = 0) -> dict[str, Any]:
    keys = [each.pk for each in review.criteria]
    values = {f"value_{key}": value for key in keys}
    return values | {f"reason_{key}": f"Words about {value}." for key in keys} | {"seen": seen}


def test_a_draft_is_saved_told_when_stale_and_handed_in(review: Round) -> None:
    state(review.reviewer, review.first)
    client, page = _client(review.reviewer), address("review", review.first.uuid)
    assert client.get(page).context["form"]["seen"].value() == 0
    assert client.post(page, _typed(review, 2) | {"answer": "save"}).status_code == 302
    stale = client.post(page, _typed(review, 3) | {"answer": "save"})
    assert stale.status_code == 422
    for each in ("saved this judgement elsewhere", "Words about 3.", "Words about 2."):
        assert each in text(stale), each
    seen = int(stale.context["form"]["seen"].value())
    assert client.post(page, _typed(review, 3, seen) | {"answer": "hand_in"}).status_code == 302
    assert "Handed in on" in text(client.get(page))
    assert {each.value for each in Judgement.objects.get().marks.all()} == {3}
    nonsense = client.post(page, _typed(review, 77, seen) | {"answer": "save"})
    assert nonsense.status_code == 422


def test_others_are_seen_once_the_own_is_handed_in(review: Round) -> None:
    review.hand_in(review.other, review.first, 1)
    state(review.reviewer, review.first)
    client, page = _client(review.reviewer), address("side_by_side", review.first.uuid)
    assert client.get(page).status_code == 403
    judging.save(review.reviewer, review.first, review.said(3), seen=0, hand_in=True)
    assert "they differ" in text(client.get(page))
    assert client.post(page, {"verdict": "not", "reasons": "x", "seen": 0}).status_code == 403


def test_a_chair_settles_and_another_is_told(review: Round) -> None:
    review.hand_in(review.reviewer, review.first)
    state(review.chair, review.first)
    client, page = _client(review.chair), address("side_by_side", review.first.uuid)
    assert "1 judgement is missing." in text(client.get(page))
    wrong = client.post(page, {"verdict": "conditions", "reasons": "Good idea.", "seen": 0})
    assert wrong.status_code == 422
    assert "Good idea." in text(wrong)
    assert client.post(page, {"verdict": "recommended", "reasons": "Good idea.", "seen": 0}).status_code == 302
    second = reviewer_of(review.call, "Cleo", "chair")
    state(second, review.first)
    stale = _client(second).post(page, {"verdict": "not", "reasons": "Bad idea.", "seen": 0})
    assert stale.status_code == 422
    for each in ("Chris R settled it", "Bad idea.", "Good idea."):
        assert each in text(stale), each
    seen = int(stale.context["form"]["seen"].value())
    assert _client(second).post(page, {"verdict": "not", "reasons": "Bad idea.", "seen": seen}).status_code == 302
    assert Outcome.objects.get().verdict == "not"


def test_a_chair_lifts_with_a_reason(review: Round) -> None:
    state(review.reviewer, review.first, reason="I know them.")
    client = _client(review.chair)
    listed = text(client.get(address("review_conflicts", review.call.pk)))
    page = address("lift_conflict", review.first.uuid, review.reviewer.pk, f"declared-{_statement(review)}")
    assert page in listed
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Only by sight."}).status_code == 302
    assert "Only by sight." in text(client.get(address("review_conflicts", review.call.pk)))
    assert client.get(address("lift_conflict", review.first.uuid, review.reviewer.pk, "rival-1")).status_code == 404


def _statement(review: Round) -> int:
    return int(review.reviewer.statements.get().pk)


def test_partners_see_the_outcome_from_the_release_on(review: Round, editor_user: User) -> None:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    client, page = signed_in(owner_of(review.first)), address("consortium", review.first.uuid)
    assert "Reasons about First." not in text(client.get(page))
    releasing.release(review.call, by=editor_user)
    after = text(client.get(page))
    assert "Reasons about First." in after
    assert "Reasons about Second." not in after


def test_my_page_leads_there(review: Round) -> None:
    with translation.override("en"):
        mine = reverse("accounts:my_page")
    assert address("reviews", review.call.pk) in text(_client(review.reviewer).get(mine))
    assert address("reviews", review.call.pk) not in text(signed_in(owner_of(review.first)).get(mine))


class TestStaff:
    def test_they_give_the_role_and_end_it(self, review: Round, editor: Client) -> None:
        page = _admin("reviewing", review.call.pk)
        typed = {"email": "new@example.org", "role": "chair", "name": "New One", "language": "nl"}
        assert editor.post(page, typed).status_code == 302
        made = Reviewer.objects.get(user__email="new@example.org")
        assert "new@example.org" in text(editor.get(page))
        end = _admin("dismiss", review.call.pk, made.pk)
        assert "New One" in text(editor.get(end))
        assert editor.post(end).status_code == 302
        assert not Reviewer.objects.active().filter(pk=made.pk).exists()
        assert editor.post(page, typed | {"email": "no address"}).status_code == 200

    def test_they_write_criteria_until_somebody_judges(self, review: Round, editor: Client) -> None:
        new = _admin("new_criterion", review.call.pk)
        typed = {f"title_{place}": f"Title {place}" for place in range(4)} | {"scale": "five", "seen": "{}"}
        lacking = editor.post(new, typed | {"title_2": ""})
        assert lacking.status_code == 200
        assert "in these languages, too" in text(lacking)
        assert editor.post(new, typed).status_code == 302
        made = Criterion.objects.get(position=3)
        page = _admin("criterion", review.call.pk, made.pk)
        seen = editor.get(page).context["form"]["seen"].value()
        Criterion.objects.filter(pk=made.pk).update(scale="met")
        stale = editor.post(page, typed | {"seen": seen})
        assert "Somebody changed it meanwhile" in text(stale)
        again = typed | {"seen": stale.context["form"]["seen"].value(), "position": "1"}
        assert editor.post(page, again).status_code == 302
        assert editor.post(_admin("remove_criterion", review.call.pk, made.pk)).status_code == 302
        assert not Criterion.objects.filter(pk=made.pk).exists()
        state(review.reviewer, review.first)
        judging.save(review.reviewer, review.first, {}, seen=0)
        assert editor.post(new, typed).status_code == 200
        assert Criterion.objects.count() == 2

    def test_they_release_once_all_is_settled(self, review: Round, editor: Client) -> None:
        page = _admin("release", review.call.pk)
        review.hand_in(review.reviewer, review.first)
        review.settle(review.first)
        before = text(editor.get(page))
        assert "Second" in before
        assert editor.post(page).headers["Location"] == page
        assert not Release.objects.exists()
        for kind in ("pdf", "csv"):
            assert editor.get(_admin(f"recommendations_{kind}", review.call.pk)).status_code == 404
        review.hand_in(review.reviewer, review.second)
        review.settle(review.second, "not")
        for _time in range(2):
            assert editor.post(page).headers["Location"] == _admin("reviewing", review.call.pk)
        assert Release.objects.count() == 1
        assert editor.get(_admin("recommendations_pdf", review.call.pk))["Content-Type"] == "application/pdf"
        answer: Any = editor.get(_admin("recommendations_csv", review.call.pk))
        assert b"Reasons about Second." in b"".join(answer.streaming_content)

    def test_nobody_else_does(self, review: Round) -> None:
        names = ("reviewing", "new_criterion", "release", "recommendations_pdf", "recommendations_csv")
        for client, name in product((_client(review.chair), signed_in(owner_of(review.first)), Client()), names):
            answer = client.get(_admin(name, review.call.pk))
            assert answer.status_code in {302, 403}, name
