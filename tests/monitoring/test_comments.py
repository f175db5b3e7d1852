"""What staff say about a figure is kept once, and everybody reads what is marked public."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.users.models import User
from monitoring.comments.models import Comment
from monitoring.indicators.models import Indicator
from tests.monitoring.given import CLOSED, STANDING, measured
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE, PUBLIC = "/admin/monitoring/figures/organisations/", "/en/figures/organisations/"
SAID = {
    "comment-text": "It fell because two networks left.",
    "comment-language": "en",
    "comment-until": "2026-03-31",
    "comment-since": "2026-03-01",
}


@pytest.fixture
def indicators(monkeypatch: pytest.MonkeyPatch) -> dict[str, Indicator]:
    return measured(monkeypatch, STANDING, CLOSED)


def test_a_comment_sent_twice_is_kept_once_and_shown_to_whom_it_is_for(
    visitor: Client, editor: Client, editor_user: User, indicators: dict[str, Indicator]
) -> None:
    for _time in range(2):
        assert editor.post(f"{PAGE}comments/", SAID).status_code == 302
    kept = Comment.objects.get()
    assert (kept.by, kept.is_public, str(kept.since)) == (editor_user, False, "2026-03-01")
    assert "two networks left" in editor.get(PAGE).content.decode()
    assert "two networks left" not in visitor.get(PUBLIC).content.decode()
    for show in ("1", "1", "0", "1"):
        assert editor.post(f"/admin/monitoring/comments/{kept.pk}/shown/", {"show": show}).status_code == 302
    page = visitor.get(PUBLIC).content.decode()
    assert "from Sunday 1 March 2026 to Tuesday 31 March 2026" in page
    assert "two networks left" in page
    assert str(editor_user) not in page
    Indicator.objects.update(is_public=False)
    assert not Comment.objects.public().exists()


def test_without_a_first_day_it_is_about_one_day_once(editor: Client, indicators: dict[str, Indicator]) -> None:
    for _time in range(2):
        editor.post(f"{PAGE}comments/", SAID | {"comment-since": "", "comment-is_public": "on"})
    kept = Comment.objects.get()
    assert kept.is_public
    with pytest.raises(IntegrityError, match="comment_once"), transaction.atomic():
        Comment.objects.create(indicator=kept.indicator, until=kept.until, text=kept.text, language="en")
    with pytest.raises(IntegrityError, match="comment_ends_after"), transaction.atomic():
        Comment.objects.create(indicator=kept.indicator, since="2027-01-02", until="2027-01-01", text="x")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"comment-since": "2026-04-01"}, "The second day comes before the first."),
        ({"comment-until": "2026-02-30"}, "Enter a valid date."),
        ({"comment-until": "0001-01-01", "comment-since": ""}, "Choose a day from 2000 on."),
        ({"comment-text": " "}, "Fill in “Comment”."),
        ({"comment-language": "xx"}, "xx is not one of the available choices."),
        ({"comment-text": "x" * 2_001}, "Ensure this value has at most 2000 characters"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    editor: Client, indicators: dict[str, Indicator], wrong: dict[str, str], said: str
) -> None:
    answer = editor.post(f"{PAGE}comments/", SAID | wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Comment.objects.exists()


def test_who_may_not_comment_does_not(
    visitor: Client, partner: Client, editor: Client, editor_user: User, indicators: dict[str, Indicator]
) -> None:
    for group in editor_user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="add_comment"))
    for client in (visitor, partner, signed_in(editor_user)):
        assert client.post(f"{PAGE}comments/", SAID).status_code in {302, 403}
    assert not Comment.objects.exists()
    assert "Say something about it" not in signed_in(editor_user).get(PAGE).content.decode()
    assert visitor.get("/en/figures/nothing/").status_code == 404
    assert signed_in(editor_user).get(f"{PAGE}comments/").status_code == 405
