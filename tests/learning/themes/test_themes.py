"""The pages of themes and target groups: made by themselves, a few of each kind, with the way to all of them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from hub.vocabularies.models import Term
from learning.themes import sections
from practices.practice.models.practice import Practice
from tests.factories import learning, mainstreaming
from tests.factories import reuse as reuses
from tests.factories.events import EventFactory, event_page
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
THEME = "19"


def practice(title: str, **fields: Any) -> Practice:
    return PracticeFactory.create(theme=[THEME], texts={"en": {"title": title}}, **fields)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def told(vocabulary: str = "theme", code: str = THEME) -> dict[str, sections.Section]:
    return {each.name: each for each in sections.of(term(vocabulary, code))}


def _name(row: Any) -> str:
    """What a row is called, of whatever kind."""
    names = (
        row.get("title") if isinstance(row, dict) else None,
        *(getattr(row, each, "") for each in ("words", "name")),
    )
    return str(next((each for each in names if each), getattr(row, "title", "") or ""))


def fill(editor_user: User, number: int) -> None:
    """So many of each kind."""
    for each in range(number):
        found = practice(f"Known {each}", evidence=term("evidence", "2"), stage=term("stage", "2"))
        reuses.accepted(found, by=editor_user, sources=1, outcome="stopped")
        mainstreaming.hook(practices=[found])
        organisation = OrganisationFactory.create()
        organisation.terms.add(term("theme", THEME))
        organisation.save()
        asked = learning.question(f"Question {each}?")
        asked.terms.add(term("theme", THEME))
        event = EventFactory.create()
        event_page(event)
        asked.events.add(event)


def test_a_theme_tells_what_there_is_the_best_evidence_first(client: Client, editor_user: User) -> None:
    fill(editor_user, 1)
    practice("Better known", evidence=term("evidence", "4"))
    practice("Nobody weighed", stage=term("stage", "5"))
    found = told()
    assert [*found] == ["known", "tried", "stopped", "questions", "policy", "organisations", "events"]
    assert [each["title"] for each in found["known"].rows] == ["Better known", "Known 0"]
    assert [each["title"] for each in found["tried"].rows] == ["Known 0"]
    shown = read(client, reverse("learning:theme", args=[THEME]))
    for section in found.values():
        assert section.title in shown
        assert section.rest == ""
    for words in ("The grant ended.", "Question 0?", "The decree", "Better known"):
        assert words in shown
    assert "Nobody weighed" not in shown
    for name in ("practices:library", "learning:questions"):
        assert f'href="{reverse(name)}?theme={THEME}"' in shown


def test_what_belongs_to_another_theme_or_is_not_public_is_not_told(editor_user: User) -> None:
    fill(editor_user, 1)
    assert told(code="18") == {}
    Practice.objects.update(live=False)
    assert not told().keys() & {"known", "tried", "stopped", "policy"}


def test_a_reuse_that_works_has_not_failed(editor_user: User) -> None:
    reuses.accepted(practice("Known"), by=editor_user, sources=1)
    assert "stopped" not in told()


def test_of_many_a_few_are_told_and_the_rest_is_one_step_away(client: Client, editor_user: User) -> None:
    fill(editor_user, sections.MOST + 1)
    assert len(told()) == 7
    for section in told().values():
        assert len(section.rows) == sections.MOST
        shown = read(client, section.rest)
        assert _name(section.rows[0]) in shown
    everything = read(client, reverse("learning:theme_all", args=[THEME, "stopped"]))
    assert everything.count("The grant ended.") == sections.MOST + 1


def test_as_many_queries_for_much_as_for_little(editor_user: User, django_assert_max_num_queries: Any) -> None:
    fill(editor_user, 1)
    with django_assert_max_num_queries(100) as first:
        told()
    fill(editor_user, 3)
    with django_assert_max_num_queries(len(first.captured_queries)):
        told()


def test_a_target_group_has_one_too_and_nothing_is_said_calmly(client: Client) -> None:
    code = Term.objects.of("target")[0].code
    assert "Nothing is known about this yet" in read(client, reverse("learning:target", args=[code]))
    PracticeFactory.create(target=[code], texts={"en": {"title": "For them"}}, evidence=term("evidence", "1"))
    assert "For them" in read(client, reverse("learning:target", args=[code]))


def test_staff_may_introduce_a_theme(client: Client) -> None:
    words = LazyI18nString({"en": "Housing comes first.", "nl": "Wonen eerst."})
    Term.objects.filter(vocabulary="theme", code=THEME).update(introduction=words)
    assert "Housing comes first." in read(client, reverse("learning:theme", args=[THEME]))


def test_all_themes_stand_on_one_page_and_practices_lead_to_theirs(client: Client) -> None:
    address = reverse("learning:theme", args=[THEME])
    assert address in read(client, reverse("learning:themes"))
    assert address in read(client, practice("Known").get_absolute_url())


@pytest.mark.parametrize("address", ["themes/no-such/", "target-groups/19-no/", "themes/19/known/", "themes/19/x/"])
def test_what_is_not_there(client: Client, address: str) -> None:
    read(client, f"/en/learning/{address}", 404)
