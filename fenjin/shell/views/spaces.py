"""The space around a page: its style sheet, the choice between several, and what one sees there and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenjin.kit.access import PUBLIC, needs
from fenjin.kit.components import FlowBar
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.shell.skins import digest_of, sheet_of
from fenjin.shell.views.plain import A_YEAR
from fenjin.spaces.access import EMPLOYEE, membership_of
from fenjin.spaces.selectors.looks import CHOSEN, look_of, shown_space


@needs(PUBLIC)
@require_safe
def skin(request: HttpRequest, space_id: str, digest: str) -> HttpResponse:
    """Give the style sheet of a space: colours and nothing else of it; the house's own where it has none.

    A page drawn before the last change gets the sheet as it is now, and does not keep it.
    """
    look = look_of(int(space_id))
    plain, packed = sheet_of(look)
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_gzip else plain, content_type="text/css; charset=utf-8")
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    fresh = bool(look.ramp) and digest == digest_of(look)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if fresh else "no-cache"
    return response


@needs(EMPLOYEE)
@require_http_methods(["GET", "HEAD", "POST"])
def spaces(request: HttpRequest) -> HttpResponse:
    """Choose which of the own spaces the pages look like; a POST keeps it for this session. Raises NotFound."""
    if request.method == "POST":
        chosen = request.POST.get("space", "")
        own = {str(space): space for space in membership_of(request).spaces}
        if chosen not in own:
            raise NotFound
        request.session[CHOSEN] = own[chosen]
        return redirect("shell:home")
    flow = FlowBar(_("Switch space"), reverse("shell:home"), closes=False)
    return render(request, "shell/spaces.html", {"flow": flow})


@needs(EMPLOYEE)
@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """Say in plain words which news and messages stand on the own pages, and by which rule."""
    shown = look_of(shown_space(request))
    own = [look_of(space) for space in sorted(membership_of(request).spaces) if space != GROUP_SPACE]
    flow = FlowBar(_("What you see here, and why"), reverse("shell:home"), closes=False)
    context = {"flow": flow, "group": look_of(GROUP_SPACE), "own": own, "shown": shown}
    return render(request, "shell/why.html", context)
