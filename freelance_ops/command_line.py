"""What must be known before the settings are read, taken from `manage.py up`'s own options."""

import argparse
import os
from collections.abc import MutableMapping, Sequence
from pathlib import Path

DEFAULT_PORT = 8000


def add_up_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `manage.py up`."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the web server")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address that it listens on (see ALLOWED_HOSTS too)"
    )
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
        environment["FREELANCE_OPS_DATA"] = str(_folder(options.data))
    environment.setdefault("SITE_URL", f"http://localhost:{options.port}")


def _folder(name: str) -> Path:
    """Made here, where a folder that cannot be made is still a sentence and not a traceback."""
    folder = Path(name).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"The folder {folder} cannot be used: {error.strerror}.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SystemExit(f"The folder {folder} cannot be used: you may not write to it.")
    return folder
