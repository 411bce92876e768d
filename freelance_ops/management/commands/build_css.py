"""Build the style sheet from the templates' own class names."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


def tailwind_program() -> Path:
    """The standalone compiler that pip put beside Python: no Node, nothing downloaded."""
    return Path(sys.executable).parent / "tailwindcss"


class Command(BaseCommand):
    """Writes `app.css` to `CSS_BUILD_DIR`, where collectstatic finds it."""

    help = "Builds the style sheet (app.css) with the Tailwind program."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.CSS_BUILD_DIR) / "app.css"
        finished = subprocess.run(  # noqa: S603  # our own program and paths
            [
                tailwind_program(),
                *("--input", settings.BASE_DIR / "static" / "src" / "app.css"),
                *("--output", target, "--minify"),
            ],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise CommandError(f"The style sheet could not be built.\n{finished.stderr.strip()}")
        if options["verbosity"] > 1:
            self.stdout.write(f"{target}: {target.stat().st_size} bytes")
