"""From an installed environment to a running portal: `python -m nccsi.running.run`."""
