"""The tree of pages, one per language, each knowing its translations."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import override
from wagtail.models import Page

from accounts.users.models import User
from calls.overview.models import CallIndexPage
from events.overview.models import EventIndexPage
from hub.contact.models import Contact, ContactPage
from hub.content_memory.references import referenced_once
from hub.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from learning.notes.pages import NotesIndexPage
from nccsi.demo.reading import blueprint, words

# What stands behind the words of a page, by language.
Ending = Callable[[str], list[tuple[str, Any]]]

# Names the demo's pages, so that a second run finds them whatever somebody has made of their titles and addresses.
NAMESPACE = uuid.UUID("7c0f5a52-5d0c-4b0e-9a4b-6f7b1f6b2a57")

SECTIONS: tuple[tuple[str, type[Page], str], ...] = (
    ("about", StandardPage, "home"),
    ("hubsi", StandardPage, "about"),
    ("insisst", StandardPage, "about"),
    ("calls", CallIndexPage, "home"),
    ("events", EventIndexPage, "home"),
    ("news", NewsIndexPage, "home"),
    ("notes", NotesIndexPage, "home"),
    ("contact", ContactPage, "home"),
    ("accessibility", StandardPage, "home"),
    ("privacy", StandardPage, "home"),
)


def key_of(name: str) -> uuid.UUID:
    """What the translations of one page have in common."""
    return uuid.uuid5(NAMESPACE, name)


@dataclass
class Tree:
    """Puts pages in their places, in every language that has words for them."""

    by: User
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    added: int = 0
    # By the name of a page, what gives the blocks behind its words; asked only where the page is made.
    endings: dict[str, Ending] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for home in HomePage.objects.select_related("locale"):
            self.pages["home", home.locale.language_code] = home
        self._known = {
            (page.translation_key, page.locale.language_code): page
            for page in Page.objects.filter(depth__gt=2).select_related("locale").specific()
        }

    def place(self, name: str, model: type[Page], told: words.Words, *, under: str, **facts: Any) -> None:
        """One page in each of its languages; a page that is there already stays as it is."""
        for language, text in words.spoken(told).items():
            parent = self.pages.get((under, language))
            if parent is None:
                continue
            page = self._known.get((key_of(name), language)) or self._add(name, model, text, parent, facts)
            self.pages[name, language] = page

    def any(self, name: str) -> Page:
        """The page in whichever language comes first."""
        return next(page for (known, _language), page in self.pages.items() if known == name)

    def _add(self, name: str, model: type[Page], text: words.Words, parent: Page, facts: dict[str, Any]) -> Page:
        page = model(
            title=text["title"],
            slug=text["slug"],
            introduction=text.get("introduction", text.get("lead", "")),
            search_description=text["seo_description"] if "seo_description" in text else text["introduction"],
            locale=parent.locale,
            translation_key=key_of(name),
            owner=self.by,
            live=False,
            **facts,
        )
        if hasattr(page, "body"):
            with override(parent.locale.language_code):
                body = words.body(text.get("body", [])) + words.programme(text)
            if name in self.endings:
                body += self.endings[name](parent.locale.language_code)
            page.body = body
            page.body.stream_block.clean(page.body)
        parent.refresh_from_db()  # its number of children is part of the next child's place
        with referenced_once(page):
            parent.add_child(instance=page)
            # Publishing looks at it whole.
            page.save_revision(user=self.by, log_action=True, clean=False).publish(user=self.by)
        self.added += 1
        return page


def load(tree: Tree, *, contact: Contact) -> None:
    """The homes' words and every page that has no facts behind it."""
    told = words.pages()
    tree.endings["hubsi"] = partial(blueprint.blocks, by=tree.by)
    for language, text in words.spoken(told["home"]).items():
        _open_home(tree, tree.pages["home", language], text)
    for name, model, under in SECTIONS:
        facts = {"contact": contact} if model is ContactPage else {}
        tree.place(name, model, told[name], under=under, show_in_menus=True, **facts)


def _open_home(tree: Tree, home: Page, text: words.Words) -> None:
    """Gives a home the demo's words, unless somebody has edited it."""
    if home.latest_revision_id:
        return
    home.title = text["title"]
    home.heading = text["heading"]
    home.introduction = text["lead"]
    home.search_description = text["seo_description"]
    home.full_clean()
    home.save_revision(user=tree.by, log_action=True).publish(user=tree.by)


def load_news(tree: Tree) -> None:
    """What happened so far, as news: adds what is missing."""
    for item in words.pages()["news_item"]:
        tree.place(f"news-{item['date']:%Y-%m-%d}", NewsPage, item, under="news", date=item["date"])
