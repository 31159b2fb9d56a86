"""Writes to the index. Features call these when something is published or withdrawn."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.expressions import Value
from django.db.models.functions import Cast

from fenjin.kit.scope import Reason, every_space
from fenjin.search.models import SearchEntry
from fenjin.search.register import sources
from fenjin.search.words import pairs, pinyin_of, sound_text, vector_text, words

KEPT_TEXT = 4_000


def index_entry(
    *,
    space_id: int,
    kind: str,
    object_id: int,
    title: str,
    url: str,
    published_at: datetime,
    lead: str = "",
    text: str = "",
    more: str = "",
    recipients_only: bool = False,
) -> None:
    """Write or renew the entry of one thing. `more` is found but never shown (other language, tags)."""
    vector = vector_text(
        [
            ("A", words(title)),
            ("B", words(f"{lead} {more}")),
            ("C", words(text)),
            ("D", pairs(f"{title} {lead} {more} {text}")),
        ]
    )
    values: dict[str, Any] = {
        "space_id": space_id,
        "title": title,
        "lead": lead,
        "text": text[:KEPT_TEXT],
        "url": url,
        "published_at": published_at,
        "recipients_only": recipients_only,
        "vector": Cast(Value(vector, output_field=models.TextField()), SearchVectorField()),
        "pinyin": pinyin_of(title),
        "sounds": sound_text(title, lead, text),
    }
    with every_space(Reason.JOB):  # the entry is named by its kind and id alone
        SearchEntry.objects.update_or_create(kind=kind, object_id=object_id, defaults=values)


def remove_entry(*, kind: str, object_id: int) -> None:
    """Forget a thing; nothing happens when it was not there."""
    with every_space(Reason.JOB):
        SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()


def reindex() -> dict[str, int]:
    """Write all entries of all sources anew; return how many there are of each kind."""
    with every_space(Reason.COMMAND):
        SearchEntry.objects.exclude(kind__in=[source.kind for source in sources()]).delete()
        return {source.kind: source.reindex() for source in sources()}
