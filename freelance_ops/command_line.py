"""What must be known before the settings are read, taken from `manage.py up`'s own options."""

import argparse
import os
from collections.abc import MutableMapping, Sequence
from pathlib import Path

DEFAULT_PORT = 8000


def add_up_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `manage.py up`."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the web server")
    parser.add_argument("--host", default="127.0.0.1", help="address that it listens on")
    parser.add_argument("--data", metavar="DIR", help="folder for everything that the run writes")
    parser.add_argument("--demo", action="store_true", help="load a sample practice first")


def prepare_environment(
    arguments: Sequence[str], environment: MutableMapping[str, str] = os.environ
) -> None:
    """Let `--data` and `--port` of `manage.py up` decide the settings that depend on them."""
    if len(arguments) < 2 or arguments[1] != "up":
        return
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    add_up_arguments(parser)
    try:
        options, _unknown = parser.parse_known_args(arguments[2:])
    except argparse.ArgumentError:
        return  # the command itself will say what is wrong
    if options.data:
        environment["FREELANCE_OPS_DATA"] = str(Path(options.data).expanduser().resolve())
    environment.setdefault("SITE_URL", f"http://localhost:{options.port}")
