"""`manage.py load_demo`: sample practices to look around in."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from freelance_ops.demo.build import DEMO_EMAIL, DEMO_PASSWORD, demo_load


class Command(BaseCommand):
    help = "Load a sample freelancer and a sample agency; does nothing where they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        made = demo_load(today=timezone.localdate())
        self.stdout.write("Sample practices loaded." if made else "The sample is there already.")
        self.stdout.write(f"Sign in as {DEMO_EMAIL} with the password {DEMO_PASSWORD}")
