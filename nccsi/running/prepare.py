"""Brings database, files and demo content to where the portal can start; `run` calls it before each start.

Everything here is safe to repeat and quick when there is nothing to do.
"""

import fcntl
import gc
import hashlib
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nccsi.running import environment


def main() -> None:
    """Run the phases; each tells in one line what it did and how long it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
    environment.require_settings()
    import django
    from django.conf import settings

    django.setup()
    phase("Updating the database", _migrate)
    phase("Loading vocabularies, languages and groups", _set_up)
    phase("Collecting stylesheets, scripts and images", _collect_static)
    if settings.DEMO:
        phase("Loading the demo content", _load_demo)


def phase(title: str, work: Callable[[], str | None]) -> None:
    """Do one thing, timed; what it prints is shown only when it fails."""
    started = time.monotonic()
    print(f"  {title} …", end=" ", flush=True)
    try:
        remark = work()
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{remark + ', ' if remark else ''}{time.monotonic() - started:.1f} s", flush=True)


def _command(name: str, **options: object) -> None:
    from django.core.management import call_command

    output = io.StringIO()
    try:
        call_command(name, stdout=output, stderr=output, **options)
    except BaseException:
        sys.stderr.write("\n" + output.getvalue())
        raise


def _migrate() -> None:
    # Each step makes the models anew, and looking through all of them for garbage takes a fifth of a first start; this
    # seldom, it takes 200 MB more. What is loaded by now stays anyway.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    _command("migrate", interactive=False, verbosity=1)


def _set_up() -> None:
    _command("setup")


def _load_demo() -> str | None:
    from django.contrib.auth import get_user_model
    from django.db import transaction

    if get_user_model()._default_manager.filter(email="admin@example.org").exists():
        return "there already"
    with transaction.atomic():  # all or nothing, so that its first account tells that all of it is there
        _command("demo")
    return None


def _collect_static() -> str | None:
    return None if collect_static() else "unchanged"


def collect_static() -> bool:
    """Collect the static files unless nothing changed since the last time; returns whether it was needed."""
    from django.conf import settings

    target = Path(settings.STATIC_ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = target.with_name(f"{target.name}.fingerprint")
    with target.with_name(f"{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fingerprint = static_fingerprint()
        if (target / "staticfiles.json").exists() and mark.exists() and mark.read_text() == fingerprint:
            return False
        _command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(fingerprint)
        return True


def static_fingerprint() -> str:
    """Changes when a static file of the project or of a package is added, removed or written."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            facts = os.stat(storage.path(name))  # noqa: PTH116 - thousands of files
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
