"""The one door through which a picture leaves."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.media import selectors
from fenjin.spaces.access import membership_of


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
    response = HttpResponse(content, content_type="image/webp")
    # The address names one version for good, so the phone never needs to ask again; shared caches keep nothing.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Content-Encoding"] = "identity"  # WebP is packed already: gzip would only cost time
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
