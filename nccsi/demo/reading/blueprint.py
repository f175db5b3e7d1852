"""The summary of the blueprint of HUBSI, as a PDF that everybody can read, below the page about the project."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from accounts.users.models import User
from hub.pdf import typesetting
from nccsi.demo.reading import words

FILE = "blueprint.toml"
TEMPLATE = "demo/blueprint.typ"


def blocks(language: str, *, by: User) -> list[tuple[str, Any]]:
    """What the page in this language ends with: the document, under a heading; nothing where it has no words."""
    told = words.read(FILE).get(language)
    if told is None:
        return []
    return [("documents", {"heading": told["heading"], "documents": [_document(told, language, by)]})]


def pdf(told: words.Words, language: str) -> bytes:
    """The file."""
    sections = [{"paragraphs": [], "items": [], **section} for section in told["sections"]]
    context = {"note": told["note"], "sections": sections}
    return typesetting.render(TEMPLATE, context, language=language, title=told["title"])


def _document(told: words.Words, language: str, by: User) -> Document:
    """Made unless it is there: a page that somebody deleted comes back with the same one."""
    found = Document.objects.filter(title=told["title"]).first()
    if found is None:
        content = pdf(told, language)
        found = Document(title=told["title"], uploaded_by_user=by, file_size=len(content))
        found.file.save(f"hubsi-{language}.pdf", ContentFile(content), save=False)
        found.full_clean()
        found.save()
    return found
