"""Two people press Save at the same moment, each over a connection of their own; and pages, which have versions."""

import threading
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from hub.contact.models import Contact
from hub.pages.models import StandardPage
from practices.practice.models.practice import Practice
from tests.factories.hub import ContactFactory, add_page
from tests.factories.practices import PracticeFactory
from tests.facts import colleague, form_of, opened, save
from tests.personas import signed_in


def _two() -> tuple[Client, Client]:
    return signed_in(colleague("first@example.org", "First")), signed_in(colleague("second@example.org", "Second"))


@pytest.mark.usefixtures("set_up_anew")
def test_of_two_at_the_same_moment_the_second_is_told() -> None:
    """Both are held at the fact's row until both have sent their form; without the lock both are saved."""
    contact = ContactFactory.create()
    clients = _two()
    forms = [opened(client, contact) for client in clients]
    answers: dict[int, Any] = {}

    def press(number: int) -> None:
        try:
            answers[number] = save(clients[number], contact, forms[number], role_3=f"Role {number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(2)]
    with transaction.atomic():
        Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=3)
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    [told] = [answer for answer in answers.values() if answer.status_code == 200]
    saved = Contact.objects.get(pk=contact.pk).role.localize("en")
    assert [each.told.after for each in told.context["their_changes"]] == [saved]
    assert form_of(told)["role_3"] != saved


def _page_form(page: StandardPage, title: str) -> dict[str, Any]:
    fields = {
        "title": title,
        "slug": page.slug,
        "introduction": "",
        "body": streamfield([]),
        "contact": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    return nested_form_data(fields)


@pytest.mark.django_db
class TestVersions:
    def test_a_page_is_not_put_over_a_newer_version_unseen(self) -> None:
        first, second = _two()
        page = add_page(title="As it was")
        page.save_revision().publish()
        url = f"/admin/pages/{page.pk}/edit/"
        loaded = _loaded(first.get(url))
        assert first.post(url, _page_form(page, "Hers") | loaded).status_code == 302
        answer = second.post(url, _page_form(page, "His") | loaded)
        assert answer.status_code == 200
        said = answer.content.decode()
        assert "First Editor saved another version" in said
        compare = f"/admin/pages/{page.pk}/revisions/compare/{loaded['loaded_revision_id']}...latest/"
        assert compare in said
        assert second.get(compare).status_code == 200
        assert StandardPage.objects.get().title == "Hers"
        assert answer.context["form"]["title"].value() == "His"
        assert not answer.context["autosave_enabled"]
        assert second.post(url, _page_form(page, "His") | _loaded(answer)).status_code == 302
        assert StandardPage.objects.get().title == "His"

    def test_nor_is_a_practice(self) -> None:
        first, second = _two()
        practice = PracticeFactory.create()
        practice.save_revision().publish()
        hers, his = opened(first, practice), opened(second, practice)
        assert save(first, practice, hers, place="Hers").status_code == 302
        answer = save(second, practice, his, place="His")
        assert answer.status_code == 200
        assert "First Editor saved another version" in answer.content.decode()
        assert _newest(practice)["place"] == "Hers"
        again = form_of(answer)
        assert again["place"] == "His"
        assert save(second, practice, again).status_code == 302
        assert _newest(practice)["place"] == "His"


def _loaded(answer: Any) -> dict[str, str]:
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    names = ("loaded_revision_id", "loaded_revision_created_at")
    return {name: str(page.select_one(f"input[name={name}]")["value"]) for name in names}  # type: ignore[index]


def _newest(practice: Practice) -> dict[str, Any]:
    of_practice = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Practice), object_id=str(practice.pk)
    )
    content: dict[str, Any] = of_practice.latest("pk").content
    return content
