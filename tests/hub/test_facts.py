"""Two people edit the same fact; each change is on record and can be taken back: for every fact that staff edit."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from wagtail.admin.views import generic
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.snippets.models import get_snippet_models

from accounts.users.models import User
from calls.chain.models import Call
from calls.questions.models import Question
from events.agenda.models import Event
from hub.facts import record
from hub.facts.revisions import RevisionFormMixin, VersionedPageEditView
from hub.facts.views import FactFormMixin
from hub.newsletter.models import Digest, DigestItem
from hub.site.models import SiteSettings
from hub.vocabularies.models import Term
from monitoring.reports.models import Template
from practices.mainstreaming.models import PolicyHook
from tests.factories import monitoring
from tests.factories.events import EventFactory
from tests.factories.hub import CallFactory, ContactFactory, DeadlineFactory, words
from tests.factories.mainstreaming import hook as policy_hook
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.facts import colleague, form_of, last_entry, opened, save, state, url_of
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def _call() -> Call:
    return DeadlineFactory.create(call=CallFactory.create(), due_at=datetime(2031, 10, 14, 21, 59, tzinfo=UTC)).call


def _question() -> Question:
    return Question.objects.create(
        call=_call(), language="en", asked="Who may?", wording=words("Who may?"), answer=words("All"),
        status=Question.Status.ANSWERED, decided_at=datetime(2026, 1, 1, tzinfo=UTC), email="asker@example.org",
    )  # fmt: skip


def _digest() -> Digest:
    digest = Digest.objects.create(
        subject=words("News"), languages=["nl", "fr", "de", "en"], since=datetime(2026, 1, 1, tzinfo=UTC)
    )
    DigestItem.objects.create(digest=digest, what="calls:1", sort_order=0)
    return digest


def _event() -> Event:
    starts_at = datetime(2031, 5, 5, 8, 0, tzinfo=UTC)
    return EventFactory.create(title=words("Meeting"), starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))


def _hook() -> PolicyHook:
    return policy_hook(title=words("The decree"), practices=[PracticeFactory.create()])


# Each kind of fact: one of them, a box of its form with other words for it, and the field that holds them.
FACTS: dict[str, tuple[Callable[[], Model], str, str]] = {
    "calls.Call": (_call, "programme", "programme"),
    "hub.Contact": (ContactFactory.create, "role_3", "role"),
    "hub.Digest": (_digest, "subject_3", "subject"),
    "calls.Question": (_question, "answer_3", "answer"),
    "hub.SiteSettings": (lambda: SiteSettings.objects.get(), "name", "name"),
    "hub.Term": (lambda: Term.objects.filter(vocabulary="theme")[0], "label_3", "label"),
    "events.Event": (_event, "venue", "venue"),
    "practices.PolicyHook": (_hook, "place", "place"),
    "partners.Organisation": (OrganisationFactory.create, "name", "name"),
    "monitoring.Indicator": (monitoring.by_hand, "unit_3", "unit"),
    "monitoring.Report": (lambda: monitoring.report({"text": "We grew."}), "title", "title"),
    "monitoring.Template": (lambda: Template.objects.create(name=words("Quarter")), "name_3", "name"),
}
each_fact = pytest.mark.parametrize("label", FACTS)


@pytest.fixture
def first_user() -> User:
    return colleague("first@example.org", "First")


@pytest.fixture
def first(first_user: User) -> Client:
    return signed_in(first_user)


@pytest.fixture
def second() -> Client:
    return signed_in(colleague("second@example.org", "Second"))


def _made(label: str) -> Model:
    return FACTS[label][0]()


class TestEveryFact:
    def test_every_form_of_the_admin_is_known(self) -> None:
        """A new kind of fact without this fails here."""
        facts = {
            model._meta.label
            for model in get_snippet_models()
            if issubclass(model.snippet_viewset.edit_view_class, FactFormMixin)
        }
        assert facts | {model._meta.label for model in settings_registry} == FACTS.keys()
        safe = (FactFormMixin, RevisionFormMixin, VersionedPageEditView)
        left = {
            f"{view.__module__}.{view.__qualname__}"
            for view, address in _edit_views(get_resolver("nccsi.urls"))
            if not issubclass(view, safe) and not _is_read_only(address)
        }
        assert left == NO_FACTS

    @each_fact
    def test_the_second_is_told_and_keeps_their_words(
        self, first: Client, second: Client, first_user: User, label: str
    ) -> None:
        fact, box, field = _made(label), *FACTS[label][1:]
        hers, his = opened(first, fact), opened(second, fact)
        before = hers[box]
        assert save(first, fact, hers, **{box: "From the first"}).status_code == 302
        answer = save(second, fact, his, **{box: "From the second"})
        assert answer.status_code == 200
        [change] = answer.context["their_changes"]
        assert (change.told.before, change.told.after) == (before, "From the first")
        assert change.entry.user == first_user
        assert not change.is_theirs_in_form
        said = answer.content.decode()
        assert "First Editor" in said
        assert "From the first" in said
        again = form_of(answer)
        assert again[box] == "From the second"
        assert "From the first" in str(state(fact).fields[field])
        assert save(second, fact, again).status_code == 302
        assert "From the second" in str(state(fact).fields[field])

    @each_fact
    def test_a_change_is_on_record_and_can_be_taken_back(self, first: Client, first_user: User, label: str) -> None:
        fact, box, _field = _made(label), *FACTS[label][1:]
        before, form = state(fact), opened(first, fact)
        assert save(first, fact, form, **{box: "Changed"}).status_code == 302
        entry = last_entry(fact)
        assert entry.user == first_user
        history = first.get(url_of(fact, "history")).content.decode()
        assert form[box] in history
        assert "Changed" in history
        url = url_of(fact, "take_back", entry.pk)
        assert url in history
        page = first.get(url)
        assert state(fact) != before
        assert first.post(url, {"facts_seen": page.context["form"]["facts_seen"].value()}).status_code == 302
        assert state(fact) == before
        taken = last_entry(fact)
        assert (taken.action, taken.user, taken.data["entry"]) == (record.TAKEN_BACK, first_user, entry.pk)

    @each_fact
    def test_looking_writes_nothing(self, first: Client, label: str) -> None:
        fact = _made(label)
        save(first, fact, opened(first, fact), **{FACTS[label][1]: "Changed"})
        urls = [url_of(fact, "history"), url_of(fact, "take_back", last_entry(fact).pk)]
        with CaptureQueriesContext(connection) as ran:
            for url in urls:
                assert first.get(url).status_code == 200
        written = [each["sql"] for each in ran if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert written == []

    @each_fact
    def test_a_form_that_is_sent_unchanged_changes_nothing(self, first: Client, label: str) -> None:
        fact = _made(label)
        before = state(fact)
        assert save(first, fact, opened(first, fact)).status_code == 302
        assert state(fact) == before
        assert last_entry(fact).data["changes"] == []


# Wagtail's own forms that edit no fact: who may do what, files and pictures, addresses; and what stands behind ours.
NO_FACTS = {
    "accounts.colleagues.admin.ChangeView",
    "wagtail.admin.views.collections.Edit",
    "wagtail.admin.views.pages.edit.EditView",
    "wagtail.admin.views.pages.revisions.RevisionsRevertView",
    "wagtail.admin.views.workflows.Edit",
    "wagtail.admin.views.workflows.EditTask",
    "wagtail.contrib.redirects.views.EditView",
    "wagtail.contrib.settings.views.EditView",
    "wagtail.documents.views.documents.EditView",
    "wagtail.images.views.images.EditView",
    "wagtail.sites.views.EditView",
    "wagtail.users.views.groups.EditView",
    "wagtail_localize.locales.views.EditView",
}


def _is_read_only(address: str) -> bool:
    """Rows that the admin only shows: its form of them is open to nobody."""
    models = {f"snippets/{model._meta.app_label}/{model._meta.model_name}/": model for model in get_snippet_models()}
    shown = [model for part, model in models.items() if part in address]
    administrator = User(is_superuser=True)
    return any(
        not model.snippet_viewset.permission_policy.user_has_permission(administrator, "change") for model in shown
    )


def _edit_views(resolver: Any, prefix: str = "") -> Iterator[tuple[type, str]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _edit_views(pattern, address)
            continue
        view: Any = pattern.callback
        while view is not None:
            found = getattr(view, "view_class", None)
            if isinstance(found, type) and issubclass(found, (generic.EditView, PageEditView)):
                yield found, address
                break
            view = getattr(view, "__wrapped__", None)
