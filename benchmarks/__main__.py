"""Runs the benchmarks: `python -m benchmarks [name] …`, of those in `BENCHMARKS`; without a name, all."""

import os
import sys

from nccsi.running import environment

BENCHMARKS = ("pages", "reminders", "sign_ups", "door", "library", "matching", "consortia", "mainstreaming")


def main(names: list[str]) -> None:
    """Run them one after the other on the demo's content."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.")
    os.environ["DEMO"] = os.environ.get("DEMO") or "true"
    os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL") or "WARNING"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
    environment.require_settings()
    from nccsi.running import prepare

    prepare.main()
    for name in names or BENCHMARKS:
        module = __import__(f"benchmarks.{name}", fromlist=["main"])
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
