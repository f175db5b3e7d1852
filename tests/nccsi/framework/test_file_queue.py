"""The queue in files: a worker never finds a message that is not whole."""

from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

MESSAGES = 2_000
QUEUE = "trial"


def _connection(folder: Path) -> Connection:
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": folder / "control"}
    return Connection(
        "filesystem://localhost", transport="nccsi.framework.file_queue.Transport", transport_options=options
    )


def _write(folder: Path) -> None:
    with _connection(folder) as connection:
        for number in range(MESSAGES):
            connection.default_channel._put(QUEUE, {"number": number})


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Any]:
    process = get_context("spawn").Process(target=_write, args=(tmp_path,), daemon=True)
    process.start()
    yield process
    process.kill()


def test_what_is_read_while_it_is_written_is_whole(writer: Any, tmp_path: Path) -> None:
    found: list[int] = []
    with _connection(tmp_path) as connection:
        while writer.is_alive() or any(tmp_path.glob("*.msg")):
            try:
                found.append(connection.default_channel._get(QUEUE)["number"])
            except Empty:
                continue
    assert sorted(found) == list(range(MESSAGES))
    assert not list(tmp_path.glob("*.part"))
