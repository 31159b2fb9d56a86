"""Search over what I may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from fenjin.kit.access import needs
from fenjin.kit.components import Hit, More, SearchBox, Tag
from fenjin.kit.wording import friendly_time
from fenjin.search import selectors as index
from fenjin.spaces.access import EMPLOYEE, membership_of

SHORTEST = 2
LONGEST = 64


@needs(EMPLOYEE)
def search(request: HttpRequest) -> HttpResponse:
    """Show the field; with words in `q`, what was found, best first."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    address = reverse("shell:search")
    context: dict[str, Any] = {"box": SearchBox(address, text), "text": text, "short": 0 < len(text) < SHORTEST}
    if len(text) >= SHORTEST:
        context |= _found(request, text, address)
    return render(request, "shell/search.html", context)


def _found(request: HttpRequest, text: str, address: str) -> dict[str, Any]:
    start = request.GET.get("start", "")
    person_id = membership_of(request).person_id
    results = index.search(person_id=person_id, text=text, start=int(start) if start.isdecimal() else 0)
    more = None
    if results.next is not None:
        more = More(f"{address}?{urlencode({'q': text, 'start': str(results.next)})}", target="hits")
    words = [word for word in results.terms if word != text.lower() and len(word) >= SHORTEST]
    return {
        "asked": True,
        "hits": [_hit(found) for found in results.rows],
        "more": more,
        "try": [(word, f"{address}?{urlencode({'q': word})}") for word in words[:6]],
    }


def _hit(found: index.Found) -> Hit:
    tone: Any = found.tone
    return Hit(
        title=found.title,
        href=found.url,
        excerpt=found.excerpt,
        tag=Tag(found.kind_name, tone),
        meta=(friendly_time(found.published_at),),
    )
