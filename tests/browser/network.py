"""The way from a phone to the portal, which can be interrupted: a browser that merely plays being offline still sends
now and then, while its pages and its service worker come and go.
"""

import selectors
import socket
import socketserver
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Network:
    """A port that leads to the portal as long as there is a network."""

    def __init__(self, portal_url: str) -> None:
        self._portal = ("127.0.0.1", urlsplit(portal_url).port or 80)
        self._is_there = True
        network = self

        class Line(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                network.connect(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        self._server.daemon_threads = True
        self.url = f"http://localhost:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lose()
        self._server.shutdown()
        self._server.server_close()

    def lose(self) -> None:
        """From now on nothing gets through, nor does what was on its way."""
        self._is_there = False

    def find(self) -> None:
        """It is there again."""
        self._is_there = True

    def connect(self, phone: socket.socket) -> None:
        """Carry what is said in both directions until somebody hangs up."""
        if not self._is_there:
            return
        with socket.create_connection(self._portal) as portal, selectors.DefaultSelector() as waiting:
            ends = {phone: portal, portal: phone}
            try:
                for end in ends:
                    waiting.register(end, selectors.EVENT_READ)
                while self._is_there:
                    for key, _events in waiting.select(0.2):
                        end = next(each for each in ends if each is key.fileobj)
                        said = end.recv(65_536)
                        if not said or not self._is_there:
                            return
                        ends[end].sendall(said)
            except OSError:  # somebody hung up
                return
