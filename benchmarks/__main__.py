"""Runs the benchmarks: `python -m benchmarks [name] …`, of those in `BENCHMARKS`; without a name, all."""

import os
import sys
from importlib import import_module

from nccsi.running import environment

BENCHMARKS = {
    "pages": "benchmarks.pages",
    "reminders": "benchmarks.mail.reminders",
    "sign_ups": "benchmarks.events.sign_ups",
    "door": "benchmarks.events.door",
    "library": "benchmarks.practices.library",
    "matching": "benchmarks.partners.matching",
    "consortia": "benchmarks.partners.consortia",
    "mainstreaming": "benchmarks.practices.mainstreaming",
    "figures": "benchmarks.monitoring.figures",
}


def main(names: list[str]) -> None:
    """Run them one after the other on the demo's content."""
    unknown = sorted(set(names) - BENCHMARKS.keys())
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}.")
    os.environ["DEMO"] = os.environ.get("DEMO") or "true"
    os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL") or "WARNING"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
    environment.require_settings()
    from nccsi.running import prepare

    prepare.main()
    for name in names or BENCHMARKS:
        module = import_module(BENCHMARKS[name])
        module.main()


if __name__ == "__main__":
    main(sys.argv[1:])
