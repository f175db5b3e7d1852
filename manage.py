#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from nccsi.running import environment

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
    environment.require_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
