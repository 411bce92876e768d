"""`manage.py scores_keep`: keep the computed scores without Celery."""

from typing import Any

from django.core.management.base import BaseCommand

from jss.keeping_looks import look


class Command(BaseCommand):
    help = "Keep the computed scores of the days that are over, as Celery's worker does each night."

    def handle(self, *args: Any, **options: Any) -> None:
        result = look()
        kept = result.kept
        self.stdout.write(
            f"freelancers {kept.freelancers}, days {kept.days},"
            f" recomputations {kept.recomputations}, practices failed {result.failed}"
        )
        if result.failed:
            raise SystemExit(1)  # a cron job should know
