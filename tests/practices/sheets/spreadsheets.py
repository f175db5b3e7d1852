"""Spreadsheets of practices as tests make and read them, and who sends them."""

import csv
import json
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.factories.accounts import UserFactory
from tests.personas import give_second_factor, signed_in

NAMES = "wagtailsnippets_practices_practice"
LIST = f"{NAMES}:list"


def member(*codes: str) -> Client:
    """A member of staff with these rights and no others."""
    user = UserFactory.create(is_staff=True)
    give_second_factor(user)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codes]))
    return signed_in(user)


def body(response: Any) -> bytes:
    """All of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def exported(client: Client, kind: str = "csv", **query: Any) -> list[dict[str, Any]]:
    """The rows of a download of the list."""
    response = client.get(reverse(LIST), {**query, "export": kind})
    assert response.status_code == 200
    return rows_of(kind, body(response))


def rows_of(kind: str, content: bytes) -> list[dict[str, Any]]:
    """What is in a file."""
    if kind == "json":
        return json.loads(content)
    if kind == "csv":
        return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    header, *rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def csv_file(rows: Iterable[Mapping[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The same as a person's spreadsheet saves it."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    buffer = StringIO()
    writer = csv.DictWriter(buffer, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def xlsx_file(rows: Iterable[Iterable[Any]]) -> bytes:
    """A workbook with these rows on its first sheet."""
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(list(row))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def upload(client: Client, content: bytes, name: str = "practices.csv") -> Any:
    """Sends a file as the form does."""
    return client.post(reverse(f"{NAMES}:import"), {"file": SimpleUploadedFile(name, content)})


def looked_at(client: Client, content: bytes, name: str = "practices.csv") -> Any:
    """The page that says what would happen."""
    response = upload(client, content, name)
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response["Location"])


def confirmed(client: Client, page: Any, **choices: str) -> Any:
    """The page after agreeing to what this one shows."""
    data = {"seen": page.context["form"].initial["seen"], **choices}
    return client.post(page.request["PATH_INFO"], data, follow=True)


def states(page: Any) -> list[str]:
    """What would happen to each row."""
    return [row.state for row in page.context["plan"].rows]


def row(slug: str = "shared-homes", **more: str) -> dict[str, str]:
    """A row that is fine."""
    facts = {"slug": slug, "original_language": "en", "kind": "method", "theme": "19|3"}
    return facts | {"title_en": "Shared homes", "summary_en": "Young and old live together."} | more
