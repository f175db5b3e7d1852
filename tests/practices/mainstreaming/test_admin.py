"""Staff move a stage with a date and a source, change the status of a policy hook, and correct what was wrong."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.users.models import User
from practices.mainstreaming.models import HookStatus, PolicyHook, StageMove
from practices.mainstreaming.screens import stage_url, status_url
from tests.factories.mainstreaming import hook, moved
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, term
from tests.facts import colleague
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
EDITOR = "editor@example.org"
SOURCE = {"word": "The city", "source_url": "https://example.org/report", "source_title": "The report"}


@pytest.fixture
def editor() -> Client:
    return signed_in(colleague(EDITOR, "Editor"))


def _filled(code: str, on: str, **more: Any) -> dict[str, Any]:
    return {"to": term("stage", code).pk, "on": on, "known": "day", **SOURCE, **more}


class TestMoveTheStage:
    def test_a_move_is_entered_once_however_often_it_is_sent(self, editor: Client) -> None:
        practice = PracticeFactory.create(stage="3")
        address = stage_url(practice)
        form = editor.get(address).context["form"]
        assert form["before"].value() == term("stage", "3").pk
        for _time in range(2):
            sent = editor.post(address, _filled("4", "2020-06-01", before=term("stage", "3").pk))
            assert sent.status_code == 302
        row = StageMove.objects.get()
        assert (row.before.code, row.stage.code, str(row.by)) == ("3", "4", str(User.objects.get(email=EDITOR)))
        practice.refresh_from_db()
        assert (practice.stage.code, practice.stage_since) == ("4", date(2020, 6, 1))
        page = editor.get(address).content.decode()
        assert "The report" in page
        assert 'name="before"' not in page

    def test_its_form_carries_the_token_that_a_browser_needs(self, editor: Client) -> None:
        """Also where a row is corrected, and for a policy hook."""
        practice, held = PracticeFactory.create(stage="3"), hook()
        wrong = moved(practice, "5", "2020-06-01", before="3")
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = editor.cookies
        for address in (stage_url(practice), f"{stage_url(practice)}?corrects={wrong.pk}", status_url(held)):
            form = strict.get(address).content.decode().split('<form method="post" novalidate>')[1]
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.split("</form>")[0])
            assert token, address
            assert strict.post(address, {"csrfmiddlewaretoken": token[1]}).status_code == 422

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"on": ""}, "Fill in “When”"),
            ({"source_url": ""}, "Fill in “Address of the source”"),
            ({"source_url": "javascript:alert(1)"}, "Enter a valid URL"),
            ({"word": ""}, "Say on whose word"),
            ({"on": "2999-01-01"}, "This day is still to come"),
        ],
    )
    def test_without_a_date_and_a_source_nothing_moves(self, editor: Client, wrong: dict[str, str], said: str) -> None:
        practice = PracticeFactory.create(stage="3")
        answer = editor.post(stage_url(practice), _filled("4", "2020-06-01") | wrong)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert "The report" in page
        assert not StageMove.objects.exists()

    def test_a_wrong_row_is_corrected_with_a_reason(self, editor: Client) -> None:
        practice = PracticeFactory.create()
        wrong = moved(practice, "5", "2020-06-01", before="3")
        address = f"{stage_url(practice)}?corrects={wrong.pk}"
        page = editor.get(address)
        assert page.context["form"]["before"].value() == term("stage", "3").pk
        unexplained = _filled("4", "2020-06-01", before=term("stage", "3").pk)
        assert editor.post(address, unexplained).status_code == 422
        assert editor.post(address, unexplained | {"reason": "Misread."}).status_code == 302
        assert editor.post(address, unexplained | {"reason": "Misread."}).status_code == 302
        practice.refresh_from_db()
        assert practice.stage.code == "4"
        right = StageMove.objects.counting().get()
        never = _filled("4", "2020-06-01", reason="It was another one.") | {"to": ""}
        assert editor.post(f"{stage_url(practice)}?corrects={right.pk}", never).status_code == 302
        assert not StageMove.objects.counting().exists()

    def test_a_row_of_another_practice_is_not_there(self, editor: Client) -> None:
        other = moved(PracticeFactory.create(), "5", "2020-06-01")
        for asked in (other.pk, "x", "9" * 30):
            assert editor.get(f"{stage_url(PracticeFactory.create())}?corrects={asked}").status_code == 404

    def test_the_editor_leads_there_and_shuts_the_stage(self, editor: Client) -> None:
        practice = PracticeFactory.create(stage="3")
        address = reverse("wagtailsnippets_practices_practice:edit", args=[practice.pk])
        page = editor.get(address)
        assert stage_url(practice) in page.content.decode()
        assert not page.context["form"].fields["stage"].disabled
        moved(practice, "4", "2020-06-01")
        page = editor.get(address)
        assert page.context["form"].fields["stage"].disabled
        assert page.context["form"]["stage"].value() == term("stage", "4").pk
        listing = editor.get(reverse("wagtailsnippets_practices_practice:list")).content.decode()
        assert stage_url(practice) in listing

    def test_the_words_of_an_organisation(self, editor: Client) -> None:
        house, practice = OrganisationFactory.create(name="House of Ideas"), PracticeFactory.create()
        sent = editor.post(stage_url(practice), _filled("4", "2020-06-01", word="", organisation=house.pk))
        assert sent.status_code == 302
        assert StageMove.objects.get().word == "House of Ideas"


class TestPolicyHooks:
    def test_a_new_one_is_shown_once_it_has_a_status(self, editor: Client) -> None:
        practice = PracticeFactory.create()
        facts = {
            "title_3": "Housing decree", "kind": "decree", "level": "region", "place": "Flanders",
            "practices-TOTAL_FORMS": 1, "practices-INITIAL_FORMS": 0, "practices-0-practice": practice.pk,
            "practices-0-ORDER": 1, "organisations-TOTAL_FORMS": 0, "organisations-INITIAL_FORMS": 0,
        }  # fmt: skip
        assert editor.post(reverse("wagtailsnippets_practices_policyhook:add"), facts).status_code == 302
        made = PolicyHook.objects.get()
        assert not PolicyHook.objects.public().exists()
        listing = editor.get(reverse("wagtailsnippets_practices_policyhook:list")).content.decode()
        assert "none yet: not shown" in listing
        assert status_url(made) in listing
        filled = {"to": "in-force", "on": "2020-06-01", "known": "year", **SOURCE}
        assert editor.post(status_url(made), filled).status_code == 302
        made.refresh_from_db()
        assert (made.status, made.status_since) == ("in-force", date(2020, 1, 1))
        assert (
            status_url(made)
            in editor.get(reverse("wagtailsnippets_practices_policyhook:edit", args=[made.pk])).content.decode()
        )

    def test_one_that_is_nowhere_is_refused(self, editor: Client) -> None:
        facts = {
            "title_3": "Housing decree", "kind": "decree", "level": "region", "practices-TOTAL_FORMS": 0,
            "practices-INITIAL_FORMS": 0, "organisations-TOTAL_FORMS": 0, "organisations-INITIAL_FORMS": 0,
        }  # fmt: skip
        answer = editor.post(reverse("wagtailsnippets_practices_policyhook:add"), facts)
        assert "Say where" in answer.content.decode()

    def test_a_status_is_corrected(self, editor: Client) -> None:
        decree = hook(status="in-force", on="2020-06-01")
        wrong = HookStatus.objects.get()
        filled = {"to": "decided", "on": "2020-06-01", "known": "day", "reason": "Too early.", **SOURCE}
        assert editor.post(f"{status_url(decree)}?corrects={wrong.pk}", filled).status_code == 302
        decree.refresh_from_db()
        assert decree.status == "decided"

    def test_what_goes_with_it_is_said_before_it_is_deleted(self, editor: Client) -> None:
        decree = hook(practices=[PracticeFactory.create()])
        page = editor.get(reverse("wagtailsnippets_practices_policyhook:delete", args=[decree.pk])).content.decode()
        assert "status of a policy hook" in page


def test_the_region_of_a_policy_hook_lies_in_its_country() -> None:
    made = PolicyHook(title="The decree", kind="decree", level="region", region=term("region", "BE23"))
    made.clean()
    made.country = term("country", "BE")
    made.clean()
    made.country = term("country", "NL")
    with pytest.raises(ValidationError, match="another country"):
        made.clean()
