"""How a drawn file leaves."""

from urllib.parse import quote

from django.http import HttpResponse


def answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a drawn file under a readable name. It is asked for again each time, since it can be withdrawn."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-cache"
    response["Content-Encoding"] = "identity"
    response["X-Content-Type-Options"] = "nosniff"
    return response
