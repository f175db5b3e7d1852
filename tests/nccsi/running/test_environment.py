"""Settings: what the environment says, and the sentence that comes when it says something unusable."""

import ast
import os
import re
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Field, Model

from hub.contact.models import Contact
from hub.site.models import SiteSettings
from nccsi.running import environment
from tests.environment import BASE_DIR

EXAMPLE = BASE_DIR / ".env.example"
SETTABLE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "SECRET_KEY": "x" * 60,
    "RECEIPT_SIGNING_KEY": "dGhlIHRlc3RzIHNpZ24gcmVjZWlwdHMgd2l0aCB0aGk=",
    "SITE_URL": "https://portal.example.eu",
    "EMAIL_URL": "smtp://mail.example.eu",
    "DEMO": "false",
}


def variables_in_example() -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))


def variables_in_code() -> set[str]:
    """Every name that is asked of the environment: env.str("NAME"), _required(env, "NAME"), redis_url(env, "NAME")."""
    names = set()
    for path in (BASE_DIR / "nccsi").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            asks_env = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "env"
            passes_env = any(getattr(argument, "id", "") == "env" for argument in node.args)
            if asks_env or passes_env:
                names |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {name for name in names if re.fullmatch(r"[A-Z_]+", name)}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in variables_in_example()}
    env |= dict.fromkeys(variables_in_example(), "") | SETTABLE | variables
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_example_lists_every_variable_and_no_other() -> None:
    # Only docker-compose.yml reads the database's password.
    assert variables_in_code() == variables_in_example() - {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("RECEIPT_SIGNING_KEY", ""),
        ("RECEIPT_SIGNING_KEY", "c2hvcnQ="),
        ("RECEIPT_SIGNING_KEY", "é"),
        ("TIME_STAMP_AUTHORITY", "time.example.eu/tsa"),
        ("TIME_STAMP_AUTHORITY", "http://time.example.eu/tsa"),
        ("TIME_STAMP_CERTIFICATES", ""),
        ("TIME_STAMP_CERTIFICATES", "README.md"),
        ("SITE_URL", ""),
        ("SITE_URL", "portal.example.eu"),
        ("SITE_URL", "https://portal.example.eu/path"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "mail.example.eu"),
        ("DEFAULT_FROM_EMAIL", "ESF+ Vlaanderen, sociale innovatie <noreply@portal.example.eu>"),
        ("DEFAULT_FROM_EMAIL", "ESF+ <noreply@portal.example.eu>, second@portal.example.eu"),
        ("DEFAULT_FROM_EMAIL", "NCCSI"),
        ("DEFAULT_FROM_EMAIL", "NCCSI <noreply@>"),
        ("DEFAULT_FROM_EMAIL", "noreply@portal.example.eu <"),
        ("DATABASE_URL", "mysql://localhost/nccsi"),
        ("DATABASE_URL", "postgresql://localhost:port/nccsi"),
        ("REDIS_URL", "redis://localhost"),
        ("CACHE_URL", "localhost:6379"),
        ("MEDIA_STORAGE", "https://key:secret@storage.example.eu/bucket"),
        ("MEDIA_STORAGE", "s3://storage.example.eu/bucket"),
        ("MEDIA_STORAGE", "s3://key:secret@storage.example.eu/bucket/folder"),
        ("MEDIA_STORAGE", "s3://key:secret@storage.example.eu:port/bucket"),
        ("MEDIA_STORAGE", "s3://key:secret@storage.example.eu/bucket?acl=public-read"),
        ("ERASURES_STORAGE", ""),
        ("LANGUAGES", "nl,xx"),
        ("DEMO", "maybe"),
        ("STAFF_SECOND_FACTOR", "1"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_one_sentence_names_the_setting(name: str, value: str) -> None:
    besides = {
        "ERASURES_STORAGE": {"MEDIA_STORAGE": "s3://key:secret@storage.example.eu/bucket"},
        "CACHE_URL": {"REDIS_URL": "redis://localhost/0"},
        "TIME_STAMP_CERTIFICATES": {"TIME_STAMP_AUTHORITY": "https://time.example.eu/tsa"},
    }
    also = besides.get(name, {})
    done = manage("check", **also, **{name: value})
    assert done.returncode == 1
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"NCCSI cannot start: {name} ")


@pytest.mark.parametrize(
    "value",
    [
        '"ESF+ Vlaanderen, sociale innovatie" <noreply@portal.example.eu>',
        "Centre d’innovation sociale <noreply@portal.example.eu>",
        "noreply@portal.example.eu",
    ],
)
def test_a_sender_that_can_be_read_is_taken(value: str) -> None:
    assert manage("check", DEFAULT_FROM_EMAIL=value).returncode == 0


@pytest.mark.parametrize("command", [["-m", "celery", "-A", "nccsi.celery", "report"], ["-c", "import nccsi.wsgi"]])
def test_worker_and_web_say_the_same(command: list[str]) -> None:
    env = os.environ | dict.fromkeys(variables_in_example(), "") | SETTABLE | {"SITE_URL": ""}
    done = subprocess.run(
        [sys.executable, *command], cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "NCCSI cannot start: SITE_URL is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_password_is_not_repeated() -> None:
    done = manage("check", DATABASE_URL="postgresql://user:hunter2@host:x/name")
    assert "hunter2" not in done.stderr
    done = manage("check", MEDIA_STORAGE="s3://key:hunter2@storage.example.eu/")
    assert "hunter2" not in done.stderr


def test_empty_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGES", "")
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "")
    env = environment.Environment()
    assert env.list("LANGUAGES", default=["nl"]) == ["nl"]
    assert env.int("TRUSTED_PROXY_COUNT", default=3) == 3


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.delenv("TRUSTED_PROXY_COUNT")
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nTRUSTED_PROXY_COUNT=2\n")
    env = environment.read(tmp_path / ".env")
    assert environment.log_level(env) == "ERROR"
    assert env.int("TRUSTED_PROXY_COUNT") == 2
    monkeypatch.setenv("TRUSTED_PROXY_COUNT", "")  # so that the next test finds it as it was


def test_demo_makes_a_secret_once_and_keeps_it(tmp_path: Path) -> None:
    env, place = environment.Environment(), tmp_path / "var" / "secret-key"
    os.environ["SECRET_KEY"], kept = "", os.environ["SECRET_KEY"]
    try:
        first = environment.secret_key(env, demo=True, keep_in=place)
        assert len(first) >= 50
        assert environment.secret_key(env, demo=True, keep_in=place) == first
        assert place.stat().st_mode & 0o777 == 0o600
        with pytest.raises(ImproperlyConfigured):
            environment.secret_key(env, demo=False, keep_in=place)
    finally:
        os.environ["SECRET_KEY"] = kept


def test_demo_makes_a_key_for_receipts_once_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env, place = environment.Environment(), tmp_path / "var" / "receipt-signing-key"
    monkeypatch.setenv("RECEIPT_SIGNING_KEY", "")
    first = environment.signing_key(env, demo=True, keep_in=place)
    assert len(b64decode(first)) == 32
    assert environment.signing_key(env, demo=True, keep_in=place) == first
    assert place.stat().st_mode & 0o777 == 0o600


def test_cache_is_never_in_the_brokers_database() -> None:
    caches = environment.caches(environment.Environment(), broker="redis://host:6379/4")
    assert caches["default"]["LOCATION"] == "redis://host:6379/5"


@pytest.mark.parametrize(("model", "field"), [(SiteSettings, "contact_email"), (Contact, "email")])
def test_mailboxes_in_the_admin_are_one_bare_address(model: type[Model], field: str) -> None:
    column = model._meta.get_field(field)
    assert isinstance(column, Field)
    for wrong in (
        "ESF+ Vlaanderen, sociale innovatie <a@portal.example.eu>",
        "a@x.example, b@x.example",
        "a@x.example\nb",
    ):
        with pytest.raises(ValidationError):
            column.clean(wrong, None)
    assert column.clean("a@portal.example.eu", None) == "a@portal.example.eu"
