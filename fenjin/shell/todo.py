"""On the home page: the answer to a complaint or a suggestion, until its sender has looked."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fenjin.kit.components import TodoRow
from fenjin.shell.selectors import list_answered
from fenjin.spaces.access import membership_of


def answered_rows(request: HttpRequest) -> list[TodoRow]:
    """Return a row for each answer that the reader has not looked at; of what was written only the number."""
    return [
        TodoRow(
            title=_("What you wrote to us was answered"),
            href=reverse("shell:complaint_receipt", args=[found.pk]),
            action=_("Look"),
            meta=(found.number,),
            icon="chat",
        )
        for found in list_answered(membership_of(request).person_id or 0)
    ]
