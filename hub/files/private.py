"""Files that nobody gets by their address: where they lie, how they are called, and how they are handed out."""

from pathlib import PurePath
from typing import Any

from django.db import models
from django.http import FileResponse

# Under MEDIA_ROOT, but neither the portal (`uploads`) nor the proxy in front hands anything out from there.
FOLDER = "private"
_LONGEST_NAME = 120
# The policy of whatever people sent, whatever it says it is: a browser keeps it and runs nothing of it.
INERT = "default-src 'none'; sandbox"


class PrivateFileField(models.FileField):
    """A file that nobody gets by its address. Migrations know it as the column that it is."""

    def deconstruct(self) -> Any:
        name, _path, arguments, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", arguments, {**kwargs, "upload_to": ""}


def clean_name(name: str) -> str:
    """The name as it is shown and offered for download: one line, no path, not too long."""
    printable = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable()).strip()
    path = PurePath(printable or "file")
    return f"{path.stem[: _LONGEST_NAME - len(path.suffix)]}{path.suffix}"[:_LONGEST_NAME]


def download(file: Any, *, name: str) -> Any:
    """An answer that a browser saves and never opens. Who may have it is asked before."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    response["Content-Security-Policy"] = INERT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
