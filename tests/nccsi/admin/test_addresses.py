"""Wagtail's admin as a whole: no test pages, no address that breaks, no reading that writes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from tests.routes import Route, routes

# Whatever the addresses ask for besides numbers, of a kind that exists.
WORDS = {
    "app_label": "hub",
    "app_name": "hub",
    "content_type_app_name": "hub",
    "model_name": "call",
    "content_type_model_name": "newspage",
    "action": "delete",
    "action_name": "copy",
    "filter_spec": "width-100",
    "kind": "csv",
    "uuid": "00000000-0000-0000-0000-000000000001",
    "file": "00000000-0000-0000-0000-000000000001",
}
# Wagtail's profile of a user is made when its owner looks at it for the first time.
MADE_BY_LOOKING = ("wagtail.admin.views.account.AccountView",)
# Only a form that no browser shows lacks the field that this one looks at.
BREAKS_WITHOUT_A_FIELD = ("wagtail.admin.views.chooser.ExternalLinkView",)


def ask(client: Client, method: str, address: str) -> tuple[HttpResponse, list[str]]:
    """The answer, and the statements that changed rows; what they changed is taken back."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"} and "django_session" not in sql:
            written.append(sql)
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        answer: Any = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer, written


def _on_the_root(route: Route, root: Page) -> str:
    return route.filled(lambda name: WORDS.get(name, str(root.pk)))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["failwhale/", "test404/", "pages/{root}/set_position/", "pages/{root}/lock/"])
def test_addresses_for_testing_and_acts_on_the_root_are_not_there(administrator: Client, address: str) -> None:
    root = Page.get_first_root_node()
    for method in (administrator.get, administrator.post):
        assert method(f"/admin/{address.format(root=root.pk)}").status_code == 404


@pytest.mark.django_db
def test_no_address_of_the_admin_breaks_on_the_root_or_writes_when_read(administrator: Client) -> None:
    administrator.raise_request_exception = False
    root = Page.get_first_root_node()
    addresses = [route for route in routes() if route.pattern.startswith("admin/")]
    assert len(addresses) > 400
    broken, writing = [], []
    for route in addresses:
        for method in ("get", "post"):
            answer, written = ask(administrator, method, _on_the_root(route, root))
            if answer.status_code >= 500 and route.view_name not in BREAKS_WITHOUT_A_FIELD:
                broken.append(f"{method} {route.pattern}")
            if method == "get" and written and route.view_name not in MADE_BY_LOOKING:
                writing.append(f"{route.pattern}: {written[0]}")
    assert broken == []
    assert writing == []


@pytest.mark.django_db
def test_pages_are_still_put_in_order(administrator: Client) -> None:
    homes = list(Page.objects.filter(depth=2).order_by("path"))
    answer = administrator.post(f"/admin/pages/{homes[-1].pk}/set_position/?position=0")
    assert answer.status_code == 200
    assert Page.objects.filter(depth=2).order_by("path").first() == homes[-1]


@pytest.mark.django_db
def test_only_the_button_signs_out_of_the_admin(administrator: Client) -> None:
    """A link that somebody is made to follow neither takes the session's cookie nor says that it is over."""
    for method in (administrator.get, administrator.head, administrator.put):
        answer = method("/admin/logout/")
        assert answer.status_code == 405
        assert not answer.cookies
    key = str(administrator.session.session_key)
    assert administrator.post("/admin/logout/").status_code == 302
    assert not administrator.session.exists(key)
