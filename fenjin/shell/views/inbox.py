"""Messages that were sent to me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from fenjin.delivery import selectors as delivery
from fenjin.kit.access import needs
from fenjin.kit.components import More
from fenjin.kit.memory import once
from fenjin.spaces.access import EMPLOYEE, membership_of


@needs(EMPLOYEE)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a page of my messages, newest first; `before` goes on where the last page ended."""
    before = request.GET.get("before", "")[:60]
    page = delivery.messages_for(membership_of(request).person_id or 0, before)
    more = More(f"{reverse('shell:inbox')}?{urlencode({'before': page.more})}", target="letters") if page.more else None
    letters = [delivery.letter(row) for row in page.rows]
    person_id = membership_of(request).person_id or 0
    call = None if before else delivery.call_for(person_id, once(request, delivery.glance, person_id).emergencies)
    context = {"letters": letters, "more": more, "later": bool(before), "call": call}
    return render(request, "shell/inbox.html", context)
