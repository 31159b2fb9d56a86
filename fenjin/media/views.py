"""The doors through which a picture or a file leaves."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.errors import NotFound
from fenjin.media import selectors
from fenjin.media.selectors import files
from fenjin.spaces.access import membership_of

_PIECE: Final = 64 * 1024


@needs(SIGNED_IN)
@require_safe
def picture(request: HttpRequest, key: str, width: int) -> HttpResponse:
    """Answer one width of a whole picture."""
    found = selectors.get_visible(membership_of(request), key)
    return _webp(selectors.bytes_of(found, width))


@needs(SIGNED_IN)
@require_safe
def cut(request: HttpRequest, key: str, cut: str, width: int) -> HttpResponse:
    """Answer a picture cut around its important part: for covers and thumbnails."""
    found = selectors.get_visible(membership_of(request), key)
    return _webp(selectors.bytes_of(found, width, cut))


def _webp(content: bytes) -> HttpResponse:
    return _kept_for_good(HttpResponse(content, content_type="image/webp"))


def _kept_for_good[Response: HttpResponseBase](response: Response) -> Response:
    # The address names one version for good, so the phone never needs to ask again; shared caches keep nothing.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Encoding"] = "identity"  # packed already: gzip would only cost time
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@needs(SIGNED_IN)
@require_safe
def file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Answer a document to be kept, or a recording to be played; players ask for it in ranges."""
    found = files.get_openable(membership_of(request), key)
    if found.form != form:
        raise NotFound
    asked = request.headers.get("Range", "")
    wanted = files.range_of(asked, found.size) if asked else (0, found.size - 1)
    if wanted is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    first, last = wanted
    response = StreamingHttpResponse(
        _pieces(found.file, first, last), status=206 if asked else 200, content_type=files.type_of(found)
    )
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{found.size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    # Documents are never opened inside our own site: what is in them must not act in its name.
    manner = "inline" if found.kind == "recording" else "attachment"
    response["Content-Disposition"] = f"{manner}; filename*=UTF-8''{quote(found.title, safe='')}.{found.form}"
    return _kept_for_good(response)


def _pieces(stored: Any, first: int, last: int) -> Iterator[bytes]:
    with stored.storage.open(stored.name) as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (piece := opened.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
