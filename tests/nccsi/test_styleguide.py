"""The style guide stands in the demo and for staff, and is hidden from the public of a real site."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_demo_shows_it(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get("/styleguide/").content.decode()
    assert "Style guide" in page
    assert "style=" not in page
    assert not re.findall(r"<script(?![^>]*src=)", page)


def test_the_public_does_not_see_it(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert client.get("/styleguide/").status_code == 404
