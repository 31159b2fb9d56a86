"""On the home page: what became of the reader's own texts, until the reader has looked."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenjin.kit.components import TodoRow
from fenjin.moderation.selectors.told import list_told
from fenjin.spaces.access import membership_of

_TITLES: Final[dict[str, Any]] = {
    "shown": gettext_lazy("Your comment is shown now"),
    "removed": gettext_lazy("Your comment is not shown: read why"),
    "answered": gettext_lazy("Your criticism was answered"),
    "upheld": gettext_lazy("Your appeal was decided: it stays"),
    "overturned": gettext_lazy("Your appeal was right: it is shown"),
}


def told_rows(request: HttpRequest) -> list[TodoRow]:
    """Return a row for each decision, answer or decided appeal that the reader has not looked at."""
    return [
        TodoRow(
            title=_TITLES[told.said],
            href=reverse("moderation:own_case", args=[told.case_id]),
            action=_("Look"),
            meta=(told.text[:20], told.title[:20]),
            icon="chat",
        )
        for told in list_told(membership_of(request).person_id or 0)
    ]
