"""`manage.py reindex`: write the search index anew, after a restore or a change of how words are cut."""

from typing import Any

from django.core.management.base import BaseCommand

from fenjin.search.services import reindex


class Command(BaseCommand):
    help = "Write the search index anew."

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Reindex all sources and say how many entries there are."""
        for kind, count in reindex().items():
            self.stdout.write(f"{kind}: {count}")
