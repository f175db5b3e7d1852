"""From an installed environment to a running portal: `python -m nccsi.running.run`; what the environment says, the
embedded server, compiled translations.
"""
