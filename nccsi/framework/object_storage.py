"""Uploads on S3-compatible storage, where several machines find the same ones; loaded only with `MEDIA_STORAGE`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from django.utils.functional import cached_property
from storages.backends.s3 import S3Storage

# In bytes; what is read beyond that goes through a file in the folder for temporary ones.
_IN_MEMORY = 2_500_000
# Seconds that a monitor waits.
_CHECK = 2
# Such a name is nobody else's by itself.
_KEY = re.compile(r"[0-9a-f]{32}")


class ObjectStorage(S3Storage):
    """A bucket that nobody but the portal reads: it signs no addresses and sets no rights of single files."""

    def __init__(self, *, timeout: int = 20, **options: Any) -> None:
        config = Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            connect_timeout=5,
            read_timeout=timeout,
            retries={"mode": "standard", "total_max_attempts": 3},
            # Storage of other makers refuses what botocore would add by itself since 1.36.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        kept = {"file_overwrite": False, "default_acl": None, "max_memory_size": _IN_MEMORY}
        super().__init__(client_config=config, **kept, **options)

    def url(self, name: str, *_arguments: Any, **_more: Any) -> str:
        """The portal's own address, under which it hands out pictures and nothing else."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Another one for each file of a name that people chose.

        Nothing here makes a file only where there is none, so of two that come at once one would write over the other.
        """
        if not _KEY.search(name):
            path = PurePosixPath(name)
            name = str(path.with_name(self.get_alternative_name(path.stem, path.suffix)))
        return str(super().get_available_name(name, max_length))

    def get_modified_time(self, name: str) -> datetime:
        """Raises FileNotFoundError as other storage does, and OSError when the storage does not answer as it should."""
        with _as_of_files(name):
            found: datetime = super().get_modified_time(name)
        return found

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_of_files(name):
            return super()._open(name, mode)

    def check(self) -> None:
        """Raises OSError when the bucket is not there, does not answer within a few seconds or refuses the key."""
        with _as_of_files(self.bucket_name):
            self._asked_at_once.list_objects_v2(Bucket=self.bucket_name, MaxKeys=1)

    @cached_property
    def _asked_at_once(self) -> Any:
        """A client that waits two seconds to connect and two for the answer, and does not try again."""
        at_once = Config(connect_timeout=_CHECK, read_timeout=_CHECK, retries={"total_max_attempts": 1})
        return self._create_session().client(
            "s3",
            region_name=self.region_name,
            use_ssl=self.use_ssl,
            endpoint_url=self.endpoint_url,
            config=self.client_config.merge(at_once),
            verify=self.verify,
        )


@contextmanager
def _as_of_files(name: str) -> Iterator[None]:
    """Faults as a folder has them: what is not there, and storage that cannot be read."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(name) from error
        raise OSError(str(error)) from error
    except BotoCoreError as error:
        raise OSError(str(error)) from error
