#!/usr/bin/env python
"""Django's command line for Freelance Ops."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "freelance_ops.settings")
    from freelance_ops.command_line import prepare_environment

    prepare_environment(sys.argv)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
