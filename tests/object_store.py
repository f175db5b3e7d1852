"""S3-compatible storage on loopback, in memory: `moto` answers as the real one does, also to who has no key."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

BUCKET = "uploads"


@dataclass
class ObjectStore:
    """Where it listens, and a client that looks into it past the portal."""

    place: str
    client: Any = field(repr=False)

    @property
    def url(self) -> str:
        """As `MEDIA_STORAGE` names it."""
        return f"s3+http://key:secret@{self.place}/{BUCKET}"

    def names(self, below: str = "") -> list[str]:
        """What lies there."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=below)
        return [each["Key"] for page in pages for each in page.get("Contents", [])]

    def empty(self) -> None:
        for key in self.names():
            self.client.delete_object(Bucket=BUCKET, Key=key)


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """One for the whole run, with an empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    place = "{}:{}".format(*server.get_host_and_port())
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{place}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=BUCKET)
    yield ObjectStore(place, client)
    server.stop()
