"""Every list and report of the admin that can be downloaded: moments in Brussels, words, and nothing that runs."""

import codecs
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from accounts.users.models import User
from consortia.interest.models import Interest
from events.seats.models import Registration
from notifications.outbox.models import Message, Suppression
from notifications.subscriptions.models import Subscription
from practices.submissions.models import Submission
from tests.factories.events import RegistrationFactory
from tests.factories.notifications import MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

# Midnight in Brussels is another day in UTC.
SUMMER = datetime(2027, 7, 14, 22, 30, tzinfo=UTC)
IN_BRUSSELS = "2027-07-15 00:30"
FORMULA = "=cmd|'/c calc'!A1"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            yield prefix + entry.name, entry.callback


def _class_of(view: Any) -> Any:
    while view is not None and not hasattr(view, "view_class"):
        view = getattr(view, "__wrapped__", None)
    return getattr(view, "view_class", None)


def downloads() -> list[str]:
    """The addresses of all views that write spreadsheets, from the router."""
    found = set()
    for name, view in _views(get_resolver().url_patterns):
        kind = _class_of(view)
        if kind and issubclass(kind, SpreadsheetExportMixin):
            try:
                found.add(reverse(name))
            except NoReverseMatch:  # a list of a part of something, which is written by the same class
                continue
    return sorted(found)


@pytest.fixture
def filled(administrator_user: User) -> None:
    registration = RegistrationFactory.create(
        name=FORMULA, organisation_name="@SUM(A1)", access_needs="-2", language="fr"
    )
    Registration.objects.filter(pk=registration.pk).update(created_at=SUMMER)
    Message.objects.all().delete()
    MessageFactory.create(
        kind="calls/deadline",
        status="failed",
        error="+1",
        subject=FORMULA,
        language="de",
        due_at=SUMMER,
        sent_at=SUMMER,
    )
    SubscriptionFactory.create(topic="=gone:1", language="nl", offsets=[168], confirmed_at=SUMMER)
    Suppression.objects.create(email="gone@example.org", reason=FORMULA, created_at=SUMMER)
    Redirect.objects.create(old_path="/old", redirect_link="/new", site=None)
    ModelLogEntry.objects.log_action(registration, "wagtail.edit", user=administrator_user)


def rows_of_csv(client: Client, address: str, delimiter: str = ",") -> list[list[str]]:
    answer = client.get(address, {"export": "csv"})
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert content.startswith(codecs.BOM_UTF8), f"spreadsheets take {address} for another alphabet"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def rows_of_xlsx(client: Client, address: str) -> list[list[Any]]:
    answer = client.get(address, {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], address
    assert sheet.freeze_panes == "A2", address
    assert all(cell.font.bold for cell in sheet[1]), address
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_router_knows_them() -> None:
    expected = {f"/admin/snippets/{model._meta.app_label}/{model._meta.model_name}/" for model in get_snippet_models()}
    assert expected <= set(downloads())
    assert "/admin/reports/site-history/" in downloads()


@pytest.mark.usefixtures("filled")
def test_no_download_holds_a_formula_or_a_moment_of_another_zone(administrator: Client) -> None:
    checked = 0
    for address in downloads():
        if "xlsx" not in administrator.get(address).content.decode():
            continue
        for row in [*rows_of_csv(administrator, address)[1:], *rows_of_xlsx(administrator, address)[1:]]:
            for cell in row:
                checked += 1
                assert not (isinstance(cell, str) and cell.startswith(_DANGEROUS)), (address, cell)
                assert "+00:00" not in str(cell), (address, cell)
                assert not isinstance(cell, bool), (address, cell)
                assert cell not in {"True", "False"}, (address, cell)
    assert checked > 50


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Registration, ["French", "confirmed", IN_BRUSSELS, f"'{FORMULA}", "'@SUM(A1)", "'-2"]),
        (Message, ["German", "failed", IN_BRUSSELS, f"'{FORMULA}", "'+1"]),
        (Subscription, ["Dutch", "active", IN_BRUSSELS, "7 days before", "'=gone:1"]),
        (Suppression, [IN_BRUSSELS, f"'{FORMULA}"]),
    ],
)
def test_words_and_moments_as_people_read_them(administrator: Client, model: Any, words: list[str]) -> None:
    address = reverse(model.snippet_viewset.get_url_name("list"))
    (row,) = rows_of_csv(administrator, address)[1:]
    for word in words:
        assert word.casefold() in [cell.casefold() for cell in row]
    moments = [cell for cell in rows_of_xlsx(administrator, address)[1] if isinstance(cell, datetime)]
    assert datetime(2027, 7, 15, 0, 30) in moments


@pytest.mark.usefixtures("filled")
def test_the_words_are_those_of_the_reader(administrator: Client, administrator_user: User) -> None:
    profile = UserProfile.get_for_user(administrator_user)
    profile.preferred_language = "nl"
    profile.save()
    address = reverse(Registration.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    header, row = rows_of_csv(administrator, address, delimiter=";")
    assert "Frans" in [cell.capitalize() for cell in row]
    assert "Taal" in header


@pytest.mark.parametrize("model", [Message, Subscription, Suppression, Registration, Interest, Submission])
def test_nobody_deletes_such_rows_by_ticking_them(administrator: Client, model: Any) -> None:
    app, name = model._meta.app_label, model._meta.model_name
    assert administrator.post(f"/admin/bulk/{app}/{name}/delete/?id=1").status_code == 404


def test_what_may_be_deleted_can_be_ticked(administrator: Client) -> None:
    assert administrator.get("/admin/bulk/partners/organisation/delete/?id=0").status_code == 404  # no such row
    from nccsi.admin.deleting import deletable
    from partners.organisations.models import Organisation

    assert Organisation in deletable()
