"""Whatever an address holds, the library answers or says that there is no such page; what was typed stays text."""

import re
import select
import socket
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from practices.library.facets import FACETS
from tests.browser.stack import Program, wait_for
from tests.environment import free_port
from tests.factories.libraries import Made, make_library
from tests.faults.figures import number
from tests.faults.portal import environment

LIBRARY = "/en/practices/"
NAMES = [facet.name for facet in FACETS]
ASKED = [*NAMES, "q", "sort", "page", "size", "language", "format", "compare"]
# Ours, so that what it left on the page is told from what belongs there.
MARK = "zqx9"
SQL = [
    f"'; DROP TABLE practices_practice; -- {MARK}",
    f"1) UNION SELECT password FROM accounts_user -- {MARK}",
    f"\\'||pg_sleep(20)||'{MARK}",
    f"%' AND 1=1 /* {MARK} */",
    f"{MARK}:* & | !(<->) 'a':B",
    f"$${MARK}$$",
    "{1,2}",
    "%s %(q)s %",
]
HTML = [
    f"<{MARK} on{MARK}=1>",
    f'"><{MARK}>',
    f"' on{MARK}='1",
    f'" on{MARK}="1',
    f"</title><{MARK}>",
    f"</script><{MARK}>",
    f"--><{MARK}>",
    f"javascript:{MARK}()",
    f"{{{{ {MARK} }}}}{{% {MARK} %}}",
    f"&lt;{MARK}&gt; &#60;{MARK}&#62;",
    f"<svg/on{MARK}=1>",
]
ODD = [
    "",
    "0",
    "-1",
    "1e9",
    "٣",
    "²",
    "9" * 4_000,
    "a " * 4_000,
    '"' * 500,
    "-" * 300,
    "(" * 300,
    "\\" * 300,
    "é" * 2_000,
    "\u202e\u200b\ufeff",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a\r\nSet-Cookie: x=1",
    "../../etc/passwd",
    "null",
    "[]",
]
CONTROL = st.text(st.characters(max_codepoint=0x1F), min_size=1, max_size=10)
TYPED = st.one_of(st.sampled_from(SQL), st.sampled_from(HTML), st.sampled_from(ODD), CONTROL, st.text(max_size=30))
# As an address carries it: well encoded, as other bytes than UTF-8, with escapes that are none, or not encoded at all.
ENCODED = st.one_of(
    TYPED.map(lambda text: quote(text.encode("utf-8", "replace"))),
    TYPED.map(lambda text: quote_from_bytes(text.encode("utf-16", "replace"))),
    st.binary(max_size=20).map(quote_from_bytes),
    st.sampled_from(["%", "%zz", "%f", "%ff%fe", "%c0%af", "%ed%a0%80", "%00", "%2525", "+%20+", "=", "==", ";", "?"]),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=30),
)
NAMED = st.one_of(st.sampled_from(ASKED), st.sampled_from([f"{name}[]" for name in NAMES]), ENCODED)
PAIRS = st.lists(st.tuples(NAMED, ENCODED), max_size=6)
REPEATED = st.tuples(st.sampled_from(ASKED), st.lists(ENCODED, min_size=2, max_size=60)).map(
    lambda repeated: [(repeated[0], value) for value in repeated[1]]
)
QUERIES = st.one_of(PAIRS, REPEATED).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))


class Elements(HTMLParser):
    """Every element of a page, its attributes, and the addresses in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.names |= {tag, *(name for name, _value in attributes)}
        self.addresses += [value or "" for name, value in attributes if name in {"href", "src", "action", "hx-get"}]


_PROGRAM = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)


def assert_inert(page: str) -> None:
    """Nothing that was typed became an element, an attribute, a script or another site's address."""
    found = Elements(page)
    assert not [name for name in found.names if MARK in name]
    assert not [address for address in found.addresses if _PROGRAM.match(address)]
    assert not [address for address in found.addresses if MARK in address and not address.startswith("/")]
    assert "\0" not in page


class WhateverTheAddressHolds(TestCase):
    """Hypothesis throws queries at the library, encoded well and badly."""

    def setUp(self) -> None:
        make_library([Made("one", {"kind": frozenset(["tool"]), "theme": frozenset(["19"])})])

    @settings(max_examples=number(100, 3_000), deadline=None)
    @given(query=QUERIES)
    @example(query="&".join(f"{name}={quote(text)}" for name in ASKED for text in (HTML[0], SQL[0])))
    @example(query="&".join(f"{name}=19" for name in ["theme"] * 900))
    @example(query=f"q={'a' * 60_000}")
    @example(query="&" * 5_000)
    @example(query="%00=%00&q=%00&theme=%00&page=%00")
    def test_an_answer_or_not_found_and_never_an_error(self, query: str) -> None:
        for headers in ({}, {"HX-Request": "true"}):
            answer = self.client.get(LIBRARY, QUERY_STRING=query, headers=headers)
            assert answer.status_code in {200, 404}
            assert_inert(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*HTML, *SQL])
def test_what_looks_like_a_program_is_text_for_every_parameter(visitor: Client, text: str) -> None:
    make_library([Made("one", {"kind": frozenset(["tool"])}, titles={"en": text})])
    answer = visitor.get(LIBRARY, dict.fromkeys(ASKED, text) | {"page": ""})
    assert answer.status_code == 200
    assert_inert(answer.content.decode())


@pytest.mark.django_db
def test_thousands_of_parameters_are_answered_and_more_are_refused(visitor: Client) -> None:
    most = django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert visitor.get(LIBRARY, QUERY_STRING="&".join(["theme=19"] * most)).status_code == 200
    assert visitor.get(LIBRARY, QUERY_STRING="&".join(["theme=19"] * (most + 1))).status_code == 400


# --- The server ---


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The web server as `make run` starts it, without anything behind it."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2"]
    command += ["--no-ws", "--log-level", "warning", "--port", str(port), "nccsi.wsgi:application"]
    env = environment(SITE_URL=f"http://localhost:{port}", LOG_LEVEL="ERROR")
    with Program("web", command, env, tmp_path) as web:

        def answers() -> bool:
            web.check()
            return ask(port, "/health/") == 200

        wait_for("The server answers", answers, seconds=60)
        yield port


def ask(port: int, address: str) -> int:
    """The status of an answer, read while the question is still being sent; 0 where there is none."""
    waiting = f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode()
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            while b"\r\n" not in answer:
                readable, _writable, _failed = select.select([connection], [connection] if waiting else [], [], 10)
                if readable:
                    received = connection.recv(65_536)
                    if not received:
                        break
                    answer += received
                elif waiting:
                    try:
                        waiting = waiting[connection.send(waiting[:65_536]) :]
                    except ConnectionError:  # refused meanwhile: what was answered before can still be read
                        waiting = b""
                else:
                    break
    except ConnectionError:
        pass
    found = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    return int(found[1]) if found else 0


def test_ten_megabytes_are_refused_and_the_server_goes_on(port: int) -> None:
    assert ask(port, f"{LIBRARY}?q={'a' * 10_000_000}") == 431  # longer than all headers may be
    assert ask(port, f"{LIBRARY}?{'theme=19&' * 1_000_000}") == 431
    assert ask(port, f"{LIBRARY}?q={'a' * 100_000}") == 414  # longer than an address may be
    assert ask(port, "/health/") == 200
