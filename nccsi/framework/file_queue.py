"""The queue of a portal without Redis: kombu's messages in files, each put into place once it is whole.

kombu's own writer opens the file under its final name and fills it afterwards; a worker that looks in between takes an
empty message, and ends.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """What a reader finds is whole: readers only look at names that end with their queue."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # as kombu's own
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        part = Path(self.data_folder_out) / f"{name}.part"
        try:
            part.write_bytes(dumps(payload).encode())
            part.replace(part.with_name(name))
        except OSError as error:
            raise ChannelError(f"Cannot add file {name!r} to directory") from error


class Transport(filesystem.Transport):
    """As kombu's, with whole messages."""

    Channel = Channel
