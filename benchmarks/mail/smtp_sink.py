"""A mail server in a process of its own that takes everything and keeps nothing: `python -m benchmarks.mail.smtp_sink`.

It prints the port that it listens on.
"""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session


class Taking:
    """Says yes to every mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        return "250 OK"


async def serve() -> None:
    """Listen until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Taking(), loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
