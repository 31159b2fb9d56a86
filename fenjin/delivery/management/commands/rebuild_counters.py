"""`manage.py rebuild_counters [--message N]`: count the receipts anew and repair the counters."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenjin.delivery.services import rebuild_counters


class Command(BaseCommand):
    """Repair the counters of coverage from the receipts, which are the truth."""

    help = "Count the receipts of messages anew and repair the counters of coverage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one message to repair; without it, all."""
        parser.add_argument("--message", type=int, default=None, help="only this message")

    def handle(self, *args: Any, **options: Any) -> None:
        """Repair, and say how many counters were wrong."""
        self.stdout.write(f"{rebuild_counters(message_id=options['message'])} counters were wrong")
