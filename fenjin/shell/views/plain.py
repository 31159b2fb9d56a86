"""Small public answers: health, readiness, covers, and files browsers ask for."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import cache_control

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.covers import cover_svg
from fenjin.kit.templatetags.skin import asset
from fenjin.shell import selectors

A_YEAR = 365 * 24 * 3600


@needs(PUBLIC)
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@needs(PUBLIC)
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether people may be let in: database, migrations, workers."""
    checks = selectors.readiness()
    ok = all(checks.values())
    return JsonResponse({"ok": ok, "checks": checks}, status=200 if ok else 503)


@needs(PUBLIC)
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def cover(request: HttpRequest, seed: str) -> HttpResponse:
    """Draw the cover of a seed: always the same, so browsers keep it for good."""
    return HttpResponse(cover_svg(seed), content_type="image/svg+xml")


@needs(PUBLIC)
@cache_control(public=True, max_age=24 * 3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away: everything here is for employees."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@needs(PUBLIC)
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the platform to a phone that puts it on its home screen."""
    words = {
        "name": settings.WAGTAIL_SITE_NAME,
        "short_name": "奋进",
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f3ee",
        "theme_color": "#c2361b",
        "icons": [{"src": asset("seal.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return HttpResponse(json.dumps(words, ensure_ascii=False), content_type="application/manifest+json")


@needs(PUBLIC)
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask by the old name to the seal."""
    return HttpResponseRedirect(asset("seal.svg"))
