"""The gate of the studio: closed to everyone, opened to staff for an allow-list of places.

Wagtail's own views carry no rule of ours and some of them look across spaces (reports, tag
suggestions, its API, user administration). So inside /studio/ nothing is reachable but the
namespaces that a feature has opened by `open_namespace`, and our own views, which name their rules.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.csp import CSP

from fenjin.kit.access import View, refuse, rules_of
from fenjin.kit.errors import NotFound, answering_refusals
from fenjin.people.services import note_staff_use
from fenjin.spaces.access import STUDIO, is_strong, membership_of, staff_verdict
from fenjin.spaces.register import open_namespace, opened_namespaces  # noqa: F401

# Wagtail places that show nothing of any space.
_HARMLESS = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
        "wagtailadmin_dismissibles",
        "wagtailadmin_logout",
    }
)


class StudioGate:
    """Lets staff with a strong session into opened places; everything else in the studio is a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(STUDIO):
            # Wagtail's edit pages carry inline scripts without a nonce; phone pages stay strict.
            response._csp_config = {  # type: ignore[attr-defined]
                "default-src": [CSP.SELF],
                "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
                "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
                "img-src": [CSP.SELF, "data:", "blob:"],
                "object-src": [CSP.NONE],
                "base-uri": [CSP.NONE],
                "frame-ancestors": [CSP.SELF],
                "form-action": [CSP.SELF],
            }
        return response

    @answering_refusals
    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.path.startswith(STUDIO):
            return None
        if membership_of(request).is_staff and is_strong(request):
            note_staff_use(request.session.row)  # type: ignore[attr-defined]
        if rules_of(view) is not None:
            return None
        answer = refuse(request, staff_verdict(request, allowed=membership_of(request).is_staff))
        if answer is not None:
            return answer
        match = request.resolver_match
        if match is None or (match.view_name not in _HARMLESS and not self._is_open(match.namespace)):
            raise NotFound
        return None

    @staticmethod
    def _is_open(namespace: str) -> bool:
        return any(namespace == opened or namespace.startswith(f"{opened}:") for opened in opened_namespaces())
