"""A mail server in a process of its own that takes everything and keeps nothing: `python -m benchmarks.smtp_sink`.

It prints the port it listens on, and answers as fast as Python can: what is measured is the sender.
"""

import asyncio
from typing import cast


class Taking(asyncio.Protocol):
    """One connection: just enough of RFC 5321 for a sender that behaves."""

    def __init__(self) -> None:
        self._buffer = b""
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            end = b"\r\n.\r\n" if self._in_data else b"\r\n"
            head, found, rest = self._buffer.partition(end)
            if not found:
                return
            self._buffer = rest
            self._transport.write(self._answer(head))

    def _answer(self, line: bytes) -> bytes:
        if self._in_data:
            self._in_data = False
            return b"250 OK\r\n"
        verb = line[:4].upper()
        if verb == b"DATA":
            self._in_data = True
            return b"354 go on\r\n"
        if verb == b"EHLO":
            return b"250-sink\r\n250 8BITMIME\r\n"
        if verb == b"QUIT":
            return b"221 bye\r\n"
        return b"250 OK\r\n"


async def serve() -> None:
    """Listen until killed."""
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
