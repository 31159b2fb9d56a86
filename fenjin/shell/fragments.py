"""Drawn pieces that are the same for many readers, kept in this process.

A section is kept only when its feature says under which key ("shared_key": a hashable that changes
with its content and names whose it is). Nothing that depends on one person has such a key.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 512
_kept: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = Lock()


def draw(request: HttpRequest, template: str, context: dict[str, Any]) -> SafeString:
    """Return the drawn template; from memory when the context has a `shared_key` that was drawn before."""
    key = context.get("shared_key")
    if key is None:
        return render_to_string(template, context, request)
    # Without the request: a shared piece cannot even see who asks.
    name = (template, get_language(), key)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    drawn = render_to_string(template, context)
    with _lock:
        _kept[name] = drawn
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return drawn


def forget() -> None:
    """Drop everything (tests)."""
    with _lock:
        _kept.clear()
