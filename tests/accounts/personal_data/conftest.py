from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def erasures_folder(settings: Any, tmp_path: Path) -> Path:
    """Where erasures are kept apart: nothing of another test is in it."""
    folder = tmp_path / "erasures"
    options = {"location": str(folder)}
    settings.STORAGES = settings.STORAGES | {
        "erasures": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }
    return folder
