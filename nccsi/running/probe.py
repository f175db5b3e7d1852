"""Whether the portal answers, asked over HTTP; as a program, the health check of a container."""

import http.client
import os
import sys
from urllib.parse import urlsplit

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not bound to, but asked through


def answers(host: str, port: int, *, name: str) -> bool:
    """Whether the health page of the portal called `name` is there."""
    connection = http.client.HTTPConnection(_WILDCARDS.get(host, host), port, timeout=2)
    try:
        connection.request("GET", "/health/", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    site = urlsplit(os.environ.get("SITE_URL", "")).netloc or "localhost"
    sys.exit(not answers("127.0.0.1", int(os.environ.get("PORT") or 8000), name=site))
