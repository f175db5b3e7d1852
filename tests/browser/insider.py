"""The portal's own Django, loaded once for all that a round of browser tests arranges and asks behind the pages.

Loading it takes seconds of a processor. Each piece of code runs in a child of its own, so that none finds what another
left in memory.
"""

import json
import os
import sys
import tempfile
import traceback
from typing import IO, Any

from django.urls import get_resolver


def serve() -> None:
    """Answer each line of standard input, a piece of code as JSON, with a line: what it printed, and whether it ended
    well.
    """
    _ = get_resolver().url_patterns
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as said:
            child = os.fork()
            if not child:
                _run(json.loads(line), said)
            _pid, status = os.waitpid(child, 0)
            said.seek(0)
            print(json.dumps({"said": said.read(), "ended_well": status == 0}), flush=True)


def _run(code: str, said: IO[str]) -> None:
    os.dup2(said.fileno(), sys.stdout.fileno())
    status = 0
    own: dict[str, Any] = {}
    try:
        exec(compile(code, "<test>", "exec"), own)  # noqa: S102 — the code is a test's own
    except BaseException:  # noqa: BLE001 — the test reads what it was
        traceback.print_exc(file=sys.stdout)
        status = 1
    sys.stdout.flush()
    os._exit(status)
