"""The deployment that docker-compose.yml describes, held against what the portal reads."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml
from kombu import Connection

from tests.environment import BASE_DIR, free_port, require, wait_for_port

EXAMPLE = (BASE_DIR / ".env.example").read_text()
COMPOSE_TEXT = (BASE_DIR / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PORTAL = ("migrate", "web", "worker", "beat")
KNOWN = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
REQUIRED = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
SECRETS = {
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "RECEIPT_SIGNING_KEY",
    "EMAIL_URL",
    "MEDIA_STORAGE",
    "ERASURES_STORAGE",
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
}


@pytest.mark.parametrize("name", PORTAL)
def test_every_variable_that_is_set_exists(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= KNOWN


@pytest.mark.parametrize("name", PORTAL)
def test_every_required_variable_is_set(name: str) -> None:
    # Both passwords are parts of addresses.
    given = set(SERVICES[name]["environment"]) | {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    assert given >= REQUIRED
    assert {"DATABASE_URL", "REDIS_URL", "CACHE_URL", "SECRET_KEY_FALLBACKS", "ERASURES_ROOT"} <= given


def test_every_variable_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))
    assert asked <= KNOWN


def test_a_missing_required_variable_stops_compose() -> None:
    for name in REQUIRED:
        uses = re.findall(rf"\$\{{{name}(?![A-Z_])(.?.?)", COMPOSE_TEXT)
        assert uses, name
        assert set(uses) == {":?"}, name


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if name in SECRETS:
                assert str(value).startswith("${"), name
    for name in SECRETS - {"EMAIL_URL", "MEDIA_STORAGE", "ERASURES_STORAGE", "SECRET_KEY_FALLBACKS"}:
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)


def test_everything_has_a_health_check_and_comes_back() -> None:
    dockerfile = (BASE_DIR / "Dockerfile").read_text()
    for name, service in SERVICES.items():
        if name == "migrate":
            continue
        checked = "healthcheck" in service or ("build" in service and "HEALTHCHECK" in dockerfile)
        assert checked, name
        assert service["restart"] == "unless-stopped", name


def test_portal_is_not_root_and_writes_only_where_it_must() -> None:
    dockerfile = (BASE_DIR / "Dockerfile").read_text()
    assert re.search(r"^USER nccsi$", dockerfile, re.MULTILINE)
    assert "--require-hashes" in dockerfile
    for name in PORTAL:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


# What an image cannot do without, and why: postgres starts as root, owns its folder and becomes another user.
CAPABILITIES = {"database": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}}


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_keeps_or_gains_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service.get("cap_add", [])) == CAPABILITIES.get(name, set())
    assert not {"privileged", "network_mode", "pid", "devices"} & set(service)
    assert service.get("user") != "root"


def test_the_proxy_reaches_the_portal_and_nothing_behind_it() -> None:
    data = {"database", "broker", "cache"}
    on = {name: set(service.get("networks", ["default"])) for name, service in SERVICES.items()}
    assert on["proxy"] & on["web"]
    for name in data:
        assert on[name] == {"back"}
        for user in ("web", "worker"):
            assert on[user] & on[name]
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert "back" not in on["proxy"]
    # Who sends mail has a way out; who only reads the clock or prepares the database has none.
    assert on["worker"] - {"back"}
    assert on["beat"] == on["migrate"] == {"back"}


@pytest.mark.needs("redis")
@pytest.mark.parametrize("name", ["broker", "cache"])
def test_redis_asks_for_the_password_that_the_portal_knows(name: str, tmp_path: Path) -> None:
    def filled(text: str) -> str:
        return re.sub(r"\$\{REDIS_PASSWORD[^}]*\}", "Secret123", text)

    port = free_port()
    program, *arguments = [filled(str(part)) for part in SERVICES[name]["command"]]
    command = [require("redis"), *arguments, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    assert program == "redis-server"
    variable = {"broker": "REDIS_URL", "cache": "CACHE_URL"}[name]
    url = filled(SERVICES["web"]["environment"][variable]).replace(f"@{name}:6379", f"@127.0.0.1:{port}")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()
        with Connection(url, connect_timeout=5) as connection:
            connection.ensure_connection(max_retries=1)
        assert redis.Redis.from_url(url).ping()
    finally:
        server.terminate()
        server.wait(10)


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_what_must_last_is_on_a_volume() -> None:
    mounted = {entry.split(":")[0] for service in SERVICES.values() for entry in service.get("volumes", [])}
    assert set(COMPOSE["volumes"]) <= mounted


def test_broker_keeps_its_work_and_the_cache_is_another() -> None:
    broker = [str(part) for part in SERVICES["broker"]["command"]]
    assert broker[broker.index("--appendonly") + 1] == "yes"
    assert broker[broker.index("--maxmemory-policy") + 1] == "noeviction"
    given = SERVICES["web"]["environment"]
    assert given["REDIS_URL"] != given["CACHE_URL"]


def test_proxy_hides_forged_addresses() -> None:
    nginx = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "$proxy_add_x_forwarded_for" not in nginx
    assert SERVICES["web"]["environment"]["TRUSTED_PROXY_COUNT"] == "1"


def test_proxy_keeps_no_connection_open_for_forms_and_names_requests_itself() -> None:
    """Since 1.29.7 nginx keeps connections to the portal open unless it is told not to."""
    nginx = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    assert re.search(r"map \$request_method \$connection_for \{\s+default close;", nginx)
    passes = re.findall(r"proxy_pass http://(\S+);(.*?)\n    \}", nginx, re.DOTALL)
    assert {where for where, _rest in passes} == {"$portal_for", "portal"}
    for where, rest in passes:
        assert ("proxy_set_header Connection $connection_for;" in rest) == (where == "$portal_for")
        assert "proxy_set_header X-Request-ID $request_id;" in rest
    assert re.search(r":\d+\.\d+-", SERVICES["proxy"]["image"]), "what is on by default is its version's"


@pytest.mark.parametrize("name", ["base.txt", "s3.txt", "dev.txt"])
def test_locked_requirements_have_hashes_and_name_no_registry(name: str) -> None:
    text = (BASE_DIR / "requirements" / name).read_text()
    packages = re.findall(r"^[a-z0-9].*==.*$", text, re.MULTILINE | re.IGNORECASE)
    assert len(packages) > (10 if name == "s3.txt" else 50)
    assert all(line.endswith("\\") for line in packages)  # its hashes follow
    assert not re.search(r"https?://|^--|file:", text, re.MULTILINE)
