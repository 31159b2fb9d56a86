"""What readers are told was corrected."""

from typing import Any

from fenjin.kit.db import listing
from fenjin.newsroom.models import Correction


def corrections_of(article: Any) -> list[Correction]:
    """Return the corrections of an article, the newest first."""
    if article.first_published_at is None or article.first_published_at == article.last_published_at:
        return []  # published once: there is nothing yet that could have been corrected
    return list(listing(Correction.objects.filter(article=article.pk).order_by("-at", "-pk")[:20]))
