"""Every page below a home says where it stands: home, section, and itself without a link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.events import EventFactory, agenda, event_page
from tests.factories.partners import OrganisationFactory, public_call
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def trail(client: Client, url: str) -> list[tuple[str, bool]]:
    """The titles in the breadcrumbs, and whether each is a link."""
    page = client.get(url).content.decode()
    [crumbs] = re.findall(r'<nav class="breadcrumbs".*?</nav>', page, re.DOTALL)
    found = re.findall(r'<li>(<a|<span aria-current="page")[^>]*>([^<]*)</', crumbs)
    return [(title, tag == "<a") for tag, title in found]


def test_pages_of_the_tree(visitor: Client) -> None:
    call = public_call(due_at=timezone.now() + timedelta(days=7), title="Together")
    page = call.pages.get()
    assert trail(visitor, page.url) == [("Home", True), ("Calls", True), ("Together", False)]
    assert trail(visitor, page.get_parent().url) == [("Home", True), ("Calls", False)]
    meeting = event_page(EventFactory.create(title="Meeting"))
    assert trail(visitor, meeting.url) == [("Home", True), ("Events", True), ("Meeting", False)]
    assert trail(visitor, agenda().url) == [("Home", True), ("Events", False)]


def test_practices_and_partners(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", original_language="fr", texts={"fr": {"title": "Voisins"}})
    assert trail(visitor, "/en/practices/") == [("Home", True), ("Practices", False)]
    assert trail(visitor, "/en/practices/shared/") == [("Home", True), ("Practices", True), ("Voisins", False)]
    assert '<span aria-current="page" lang="fr">Voisins' in visitor.get("/en/practices/shared/").content.decode()
    OrganisationFactory.create(slug="house", name="House")
    assert trail(visitor, "/en/partners/") == [("Home", True), ("Partners", False)]
    assert trail(visitor, "/en/partners/house/") == [("Home", True), ("Partners", True), ("House", False)]


def test_forms_about_a_page(visitor: Client) -> None:
    call = public_call(due_at=timezone.now() + timedelta(days=7), title="Together")
    steps = [("Home", True), ("Calls", True), ("Together", True), ("Show your interest", False)]
    assert trail(visitor, f"/en/partners/interest/{call.pk}/") == steps
