"""What became of a practice narrows the library; its entry follows whatever changes that."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.users.models import User
from partners.organisations.models import Organisation
from practices.following.searches import LIBRARY
from practices.library.facets import FACETS
from practices.mainstreaming.models import HookPractice, HookStatus
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.reuse import reporting
from practices.search.models import LibraryEntry
from tests.factories.mainstreaming import SOURCE, hook
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import accept, accepted, account, many, reported, reporter_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(practice: Practice) -> set[str]:
    """What records say of it, as its entry has it."""
    entry = LibraryEntry.objects.get(practice=practice)
    own = [facet for facet in FACETS if facet.name in {"uptake", "outcome", "policy"}]
    return {code for facet in own for code in facet.named(entry.keys, Terms.load()).values()}


def test_reuse_counts_from_when_it_is_shown_until_it_is_withdrawn(editor_user: User) -> None:
    practice = PracticeFactory.create()
    reuse = reported(practice)
    assert said(practice) == {"unknown"}
    accept(reuse, by=editor_user)
    assert said(practice) == {"yes", "works"}
    by = reporter_of(reuse.organisation)  # type: ignore[arg-type]  # it has one
    newer = account(outcome="stopped", why_stopped="The grant ended.")
    reporting.update(reuse, account=newer, may_ask=False, by=by, seen=1)
    assert said(practice) == {"yes", "works"}, "nobody has read it yet"
    accept(reuse, by=editor_user)
    assert said(practice) == {"yes", "stopped"}
    reporting.withdraw(reuse)
    assert said(practice) == {"unknown"}


def test_reports_of_organisations_outside_the_directory_do_not_count(editor_user: User) -> None:
    practice = PracticeFactory.create()
    reuse = accepted(practice, by=editor_user)
    Organisation.objects.filter(pk=reuse.organisation_id).update(status="hidden")
    assert said(practice) == {"unknown"}
    Organisation.objects.filter(pk=reuse.organisation_id).update(status="listed")
    assert said(practice) == {"yes", "works"}


def test_a_report_that_is_about_another_practice_by_now_counts_there(editor_user: User) -> None:
    practice, other = PracticeFactory.create(), PracticeFactory.create()
    reuse = accepted(practice, by=editor_user)
    type(reuse).objects.filter(pk=reuse.pk).update(practice=other)
    assert (said(practice), said(other)) == ({"unknown"}, {"yes", "works"})
    reuse.delete()
    assert said(other) == {"unknown"}


def test_policy_hooks_count_by_level_from_when_their_status_is_known() -> None:
    practice, other = PracticeFactory.create(), PracticeFactory.create()
    made = hook("region", status="", practices=[practice])
    assert said(practice) == {"unknown"}
    step = HookStatus.objects.create(hook=made, status="idea", on=date(2024, 1, 1), **SOURCE)
    assert said(practice) == {"unknown", "region"}
    type(made).objects.filter(pk=made.pk).update(level="eu")
    assert said(practice) == {"unknown", "eu"}
    HookPractice.objects.filter(hook=made).update(practice=other)
    assert (said(practice), said(other)) == ({"unknown"}, {"unknown", "eu"})
    HookStatus.objects.create(hook=made, status="", corrects=step, reason="A slip.", on=date(2024, 1, 1), **SOURCE)
    assert said(other) == {"unknown"}
    HookStatus.objects.create(hook=made, status="decided", on=date(2024, 2, 1), **SOURCE)
    assert said(other) == {"unknown", "eu"}
    HookPractice.objects.filter(hook=made).delete()
    assert said(other) == {"unknown"}


def test_every_door_narrows_by_them(visitor: Client, editor: Client) -> None:
    stopped, hooked, plain = (PracticeFactory.create(slug=slug) for slug in ("stopped", "hooked", "plain"))
    many(stopped, 1, outcome="stopped", why_stopped="The grant ended.")
    hook("eu", practices=[hooked])
    slugs = {stopped.slug, hooked.slug, plain.slug}

    def through(address: str) -> set[str]:
        answer = visitor.get(address)
        assert answer.status_code == 200
        return {slug for slug in slugs if f"practices/{slug}/" in answer.content.decode()}

    for query, wanted in {
        "outcome=stopped": {"stopped"},
        "uptake=unknown": {"hooked", "plain"},
        "uptake=yes&outcome=works": set[str](),
        "policy=eu&policy=region": {"hooked"},
        "policy=galaxy": slugs,
    }.items():
        assert through(f"/en/practices/?{query}") == wanted
        assert through(f"/en/practices/feed.atom?{query}") == wanted
        assert through(f"/api/v1/practices/?{query}") == wanted
        found = LIBRARY.found(LIBRARY.canonical(query), Practice.objects.all()) if wanted != slugs else None
        assert found is None or {practice.slug for practice in found} == wanted
    listed = editor.get(f"{reverse('wagtailsnippets_practices_practice:list')}?policy=eu")
    assert [each.pk for each in listed.context["object_list"]] == [hooked.pk]


def test_a_followed_search_says_them_in_words() -> None:
    assert LIBRARY.title("outcome=failed&policy=eu&uptake=unknown") == (
        "Practices: It did not work, European Union, No reuse known"
    )


def test_one_pass_counts_them_too(
    visitor: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    many(PracticeFactory.create(), 2)
    for query in ("", "?outcome=works", "?outcome=works&policy=eu&uptake=yes"):
        with django_assert_max_num_queries(25):
            assert visitor.get(f"/en/practices/{query}").status_code == 200
