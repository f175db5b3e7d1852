"""The admin's menu: few groups on top, for every kind of staff, and below them all that staff may open."""

import html
import json
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from accounts.menu.groups import AT_MOST, GROUPS, MOVED
from accounts.users.models import User
from events.organisers.rights import ORGANISERS
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db

NAMES = [group.name for group in GROUPS]
# Where they stood before there were groups; of each snippet its list is asked for besides.
ADDRESSES = [
    "accounts_admin_erase",
    "accounts_admin_factors",
    "accounts_admin_what_is_kept",
    "hub_admin_drafts",
    "learning_admin_stirred",
    "monitoring_admin_figures",
    "nccsi_state",
    "partners_admin_to_do",
    "wagtail_localize:translations_report",
    "wagtailadmin_collections:index",
    "wagtailadmin_explore_root",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtaildocs:index",
    "wagtailimages:index",
    "wagtaillocales:index",
    "wagtailredirects:index",
    "wagtailsites:index",
    "wagtailsnippets_partners_organisation:import",
    "wagtailsnippets_practices_practice:import",
    "wagtailusers_groups:index",
    "wagtailusers_users:index",
]


def menu(client: Client) -> dict[str, list[str]]:
    """What is on top, each with the addresses below it, at whatever depth."""
    page = html.unescape(client.get("/admin/").content.decode())
    props = json.loads(page.split('id="wagtail-sidebar-props" type="application/json">')[1].split("</script>")[0])
    (entries,) = [each["_args"][0] for each in props["modules"] if each["_type"].endswith("MainMenuModule")]
    return {entry["_args"][0]["name"]: list(addresses(entry)) for entry in entries}


def addresses(entry: Any) -> list[str]:
    """Of an entry, or of those below it."""
    facts, *below = entry["_args"]
    if entry["_type"].endswith("SubMenuItem"):
        return [found for each in below[0] for found in addresses(each)]
    return [facts["url"]]


def staff(*groups: str) -> User:
    user = UserFactory.create(is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    give_second_factor(user)
    return user


def _organises(user: User) -> None:
    event = EventFactory.create()
    event.organisers.set([user])
    event.save()


def test_no_name_begins_like_another() -> None:
    assert [(one, other) for one in NAMES for other in NAMES if one != other and one.startswith(other)] == []


def test_it_has_the_groups_and_nothing_beside_them(administrator: Client) -> None:
    assert list(menu(administrator)) == NAMES
    assert len(NAMES) <= AT_MOST


@pytest.mark.parametrize("groups", [("Editors",), ("Moderators",), ("Editors", "Moderators"), (ORGANISERS,)])
def test_of_each_kind_of_staff_it_has_few_entries_none_of_them_empty(groups: tuple[str, ...]) -> None:
    user = staff(*groups)
    if ORGANISERS in groups:
        _organises(user)
    shown = menu(signed_in(user))
    assert 0 < len(shown) <= AT_MOST
    assert set(shown) <= set(NAMES)
    assert all(shown.values())
    assert len(Group.objects.exclude(name__in=["Editors", "Moderators", ORGANISERS])) == 0  # else they belong above


def test_who_may_see_nothing_of_a_group_does_not_see_it() -> None:
    organiser = staff(ORGANISERS)
    assert list(menu(signed_in(organiser))) == ["content", "settings"]  # reports of Wagtail, and its help
    _organises(organiser)
    assert list(menu(signed_in(organiser))) == ["content", "events", "settings"]
    assert "people" in menu(signed_in(staff("Moderators")))
    shown = menu(signed_in(staff("Editors")))
    assert reverse("accounts_admin_factors") not in [each for below in shown.values() for each in below]


def test_all_that_had_an_entry_has_one(administrator: Client) -> None:
    lists = [model.snippet_viewset.get_url_name("list") for model in get_snippet_models()]
    found = [address for below in menu(administrator).values() for address in below]
    assert [name for name in [*ADDRESSES, *sorted(lists)] if reverse(name) not in found] == []
    assert len([each for each in found if each != "#"]) == len({each for each in found if each != "#"})


def test_what_wagtail_puts_on_top_stands_below_its_group() -> None:
    moved = {item().name for items in MOVED.values() for item in items}
    assert moved == {"explorer", "images", "documents", "reports", "help"}


def test_learning_stands_in_the_library_and_monitoring_beside_the_pages(administrator: Client) -> None:
    shown = menu(administrator)
    assert reverse("wagtailsnippets_learning_question:list") in shown["library"]
    assert reverse("monitoring_admin_figures") in shown["content"]
    assert reverse("wagtailsnippets_consortia_interest:list") in shown["partners"]
