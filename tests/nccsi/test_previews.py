"""What other sites show of a link to the portal: every public page says its title and subject, and has a picture."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories.events import dates, event_with_page
from tests.factories.hub import add_news, add_page, home
from tests.factories.learning import question
from tests.factories.partners import OrganisationFactory, public_call
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
WANTED = ["og:description", "og:image", "og:title"]


def mapped(client: Client, language: str) -> list[str]:
    """Every address of the site's map in one language."""
    maps = re.findall(rf"<loc>{SITE}([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    texts = [client.get(html.unescape(each)).content.decode() for each in maps]
    found = {address for text in texts for address in re.findall(rf"<loc>{SITE}([^<]*)</loc>", text)}
    return sorted(address for address in found if address.startswith(f"/{language}/"))


def told(text: str) -> dict[str, list[str]]:
    """What the head of a page says to those who show a link to it, by property."""
    found: dict[str, list[str]] = {}
    for name, said in re.findall(r'<meta property="([^"]+)" content="([^"]*)"', text.partition("</head>")[0]):
        found.setdefault(name, []).append(html.unescape(said))
    return found


@pytest.fixture
def things() -> None:
    """One of each kind that has a page."""
    PracticeFactory.create()
    OrganisationFactory.create()
    question()
    public_call(due_at=timezone.now() + timedelta(days=9))
    event_with_page()
    dates(2)
    add_news()
    add_page(home())


@pytest.mark.usefixtures("things")
def test_every_public_page_says_what_a_link_to_it_shows(visitor: Client) -> None:
    addresses = mapped(visitor, "en")
    kinds = {address.split("/")[2] for address in addresses}
    assert {"", "calls", "events", "news", "partners", "practices"} <= kinds
    assert len(addresses) > 15
    lacking = []
    for address in addresses:
        said = told(visitor.get(address).content.decode())
        each_once = all(len(said.get(name, [])) == 1 and said[name][0].strip() for name in WANTED)
        if not each_once or not said["og:image"][0].startswith(SITE):
            lacking.append((address, {name: said.get(name) for name in WANTED}))
    assert lacking == []


@pytest.mark.usefixtures("things")
def test_it_says_the_title_and_the_summary_of_the_page_itself(visitor: Client) -> None:
    practice = PracticeFactory.create(texts={"en": {"title": "A <b>bold</b> title", "summary": "Short & good."}})
    page = visitor.get(practice.get_absolute_url()).content.decode()
    said = told(page)
    assert (said["og:title"], said["og:description"]) == (["A <b>bold</b> title"], ["Short & good."])
    assert "<title>A &lt;b&gt;bold&lt;/b&gt; title · " in page
    assert '<meta name="description" content="Short &amp; good.">' in page


def test_the_home_page_has_the_title_that_its_editors_gave_it(visitor: Client) -> None:
    page = home()
    page.seo_title = "What works & with whom"
    page.save_revision().publish()
    text = visitor.get("/en/").content.decode()
    assert told(text)["og:title"] == ["What works & with whom"]
    assert "<title>What works &amp; with whom · " in text


def test_the_picture_is_there_and_of_the_size_that_is_told(visitor: Client) -> None:
    said = told(visitor.get("/en/").content.decode())
    assert said["og:image"] == [f"{SITE}{urlsplit(said['og:image'][0]).path}"]
    path = finders.find("img/og.png")
    assert path
    with Image.open(path) as picture:
        assert picture.size == (1200, 630)
    assert (said["og:image:width"], said["og:image:height"]) == (["1200"], ["630"])
