"""An authority on this machine: OpenSSL's own behind a small web server, with keys made for the tests."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.environment import require

_CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = A root
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = ./serial
signer_digest = sha256
digests = sha256, sha3-256
default_policy = 1.2.3.4.1
"""
# The hashes' names in DER; the length of both is the same.
_SHA256, _SHA3_256 = bytes.fromhex("608648016503040201"), bytes.fromhex("608648016503040208")
_EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "config"]


class Authority:
    """Stamps what it is asked, `how` it is told; `asked` keeps each query."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._openssl = require("openssl")
        self._lock = threading.Lock()
        self.url = ""
        self.anew()
        (folder / "config").write_text(_CONFIG)
        (folder / "serial").write_text("01\n")
        for root in ("root", "another-root"):
            self.run("req", "-x509", *_EC, "-keyout", f"{root}.key", "-out", f"{root}.pem", "-extensions", "root")
        for leaf, root in (("leaf", "root"), ("stranger", "another-root")):
            self.run("req", "-new", *_EC, "-keyout", f"{leaf}.key", "-out", f"{leaf}.csr", "-subj", f"/CN=The {leaf}")
            signed = ["-CA", f"{root}.pem", "-CAkey", f"{root}.key", "-CAcreateserial", "-days", "30"]
            self.run("x509", "-req", "-in", f"{leaf}.csr", *signed, "-out", f"{leaf}.pem", *_of("leaf"))

    def anew(self) -> Self:
        """The same keys, and nothing asked yet."""
        self.how = "well"
        self.asked: list[bytes] = []
        self.passwords: list[str | None] = []
        self.released = threading.Event()
        return self

    @property
    def certificates(self) -> Path:
        """What an operator gets from it."""
        return self._folder / "root.pem"

    def run(self, *arguments: str) -> str:
        """OpenSSL in its folder; what it says."""
        command = [self._openssl, *arguments]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def stamped(self, query: bytes, *more: str, leaf: str = "leaf") -> bytes:
        """A reply of OpenSSL's to any query, a wrong one included."""
        with self._lock:
            (self._folder / "query").write_bytes(query)
            signer = ["-inkey", f"{leaf}.key", "-signer", f"{leaf}.pem"]
            self.run("ts", "-reply", "-config", "config", "-queryfile", "query", *signer, "-out", "reply", *more)
            return (self._folder / "reply").read_bytes()

    def reply(self, query: bytes) -> bytes:
        """As it is told to."""
        digest = query.index(b"\x04\x20") + 2
        nonce = digest + 32 + 2
        wrong: dict[str, Callable[[], bytes]] = {
            "with the whole chain": lambda: self.stamped(query, "-chain", "root.pem"),
            "of another hash": lambda: self.stamped(_changed(query, digest)),
            "by another algorithm": lambda: self.stamped(query.replace(_SHA256, _SHA3_256)),
            "with another nonce": lambda: self.stamped(_changed(query, nonce + query[nonce - 1] - 1)),
            "by somebody else": lambda: self.stamped(query, leaf="stranger"),
            "with a byte changed": lambda: _changed(self.stamped(query), -1),
            "a refusal": lambda: self.stamped(query[:20]),
            "garbage": lambda: b"\x30\x82" + b"x" * 400,
            "nothing": lambda: b"",
            "too much": lambda: b"\x30" * 200_000,
        }
        return wrong.get(self.how, lambda: self.stamped(query))()


def _of(extensions: str) -> list[str]:
    return ["-extfile", "config", "-extensions", extensions]


def _changed(content: bytes, place: int) -> bytes:
    made = bytearray(content)
    made[place] ^= 1
    return bytes(made)


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """Answer at `authority.url` until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append(query)
            authority.passwords.append(self.headers["Authorization"])
            if authority.how == "a hang":
                authority.released.wait(20)
            status = {"an error": 500, "a way elsewhere": 302}.get(authority.how, 200)
            content = authority.reply(query)
            kind = "text/html" if authority.how == "a web page" else "application/timestamp-reply"
            with suppress(OSError):  # whoever asked may have lost patience
                self.send_response(status)
                self.send_header("Location", f"{authority.url}/elsewhere")
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_told: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsa"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield authority
        finally:
            authority.released.set()
            server.shutdown()
            thread.join()
