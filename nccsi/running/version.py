"""Which version of the portal this is, as `pyproject.toml` says."""

import tomllib

from nccsi.running.environment import BASE_DIR


def version() -> str:
    """The number of the release, such as `0.1.0`; raises OSError where the file did not come along."""
    number: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return number
