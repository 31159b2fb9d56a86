"""Sign-in services of other systems: list, add, change, try, put on the sign-in page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fenjin.kit import vault
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.people.access import SYSTEM_ADMINISTRATOR
from fenjin.people.forms.installations import OPTIONS, InstallationForm
from fenjin.people.models import Installation
from fenjin.people.outside.common import OutsideFailed
from fenjin.people.outside.ways import kinds
from fenjin.people.selectors.installations import get_installation, linked_counts, list_installations, numbering_choices
from fenjin.people.services import installations as services
from fenjin.people.views.outside import back_address, own_metadata_address


@needs(SYSTEM_ADMINISTRATOR)
@require_GET
def installations(request: HttpRequest) -> HttpResponse:
    """All of them, and what can be added."""
    linked = linked_counts()
    context = {
        "rows": [(row, linked.get(row.pk, 0)) for row in list_installations()],
        "kinds": [kind for kind in Installation.Kind if kind in kinds()],
    }
    return render(request, "people/desk/installations.html", context)


@needs(SYSTEM_ADMINISTRATOR)
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def installation_add(request: HttpRequest, kind: str) -> HttpResponse:
    """Describe a new one; it stands on no page until it is enabled."""
    if kind not in kinds() or kind not in OPTIONS:
        raise NotFound
    return _edit(request, kind, None)


@needs(SYSTEM_ADMINISTRATOR)
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def installation(request: HttpRequest, installation_id: int) -> HttpResponse:
    """One of them: its description, the address to register over there, trying it, enabling it."""
    row = get_installation(installation_id)
    return _edit(request, row.kind, row)


def _edit(request: HttpRequest, kind: str, row: Installation | None) -> HttpResponse:
    form = InstallationForm(
        request.POST or None,
        initial=_initial(row),
        kind=kind,
        numberings=numbering_choices(),
        kept=bool(row and row.secret),
    )
    if request.method == "POST" and form.is_valid():
        actor: Any = request.user
        try:
            saved = services.save_installation(
                actor=actor,
                installation=row,
                kind=kind,
                name=form.cleaned_data["name"],
                options=form.options(),
                secret=form.cleaned_data.get("secret", ""),
                match=form.cleaned_data["match"],
                numbering_id=form.cleaned_data["numbering"],
            )
        except services.NumberingNeeded as refusal:
            form.add_error("numbering", str(refusal))
        else:
            messages.success(request, _("Saved. Try it, then put it on the sign-in page."))
            return redirect("people_desk:installation", installation_id=saved.pk)
    return _draw(request, form, row, kind, status=422 if request.method == "POST" else 200)


def _initial(row: Installation | None) -> dict[str, Any]:
    if row is None:
        return {}
    options = {f"option_{name}": value for name, value in row.options.items()}
    return {"name": row.name, "match": row.match, "numbering": row.numbering_id, **options}


def _draw(
    request: HttpRequest, form: InstallationForm, row: Installation | None, kind: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "row": row,
        "kind": Installation.Kind(kind),
        "described": own_metadata_address(row) if row and kind == Installation.Kind.SAML else "",
        "back": back_address(row) if row and kind != Installation.Kind.LDAP else "",
        **more,
    }
    return render(request, "people/desk/installation.html", context, status=status)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def installation_test(request: HttpRequest, installation_id: int) -> HttpResponse:
    """Try the connection and say in plain words what was found, or what would cure it."""
    row, actor = get_installation(installation_id), request.user
    found: list[str] = []
    cure = ""
    try:
        found = services.test_installation(actor=actor, installation=row)  # type: ignore[arg-type]
    except OutsideFailed as failed:
        cure = failed.cure
    except vault.Unreadable:
        cure = _("The stored secret was sealed by another key. Type it again.")
    saml = row.kind == Installation.Kind.SAML
    words = _("Addresses and certificates are in order.") if saml else _("It answers as it should.")
    form = InstallationForm(initial=_initial(row), kind=row.kind, numberings=numbering_choices(), kept=bool(row.secret))
    return _draw(request, form, row, row.kind, found=found, cure=cure, tried=True, tried_words=words)


@needs(SYSTEM_ADMINISTRATOR)
@require_POST
def installation_switch(request: HttpRequest, installation_id: int) -> HttpResponse:
    """Put it on the sign-in page, or take it off."""
    row, actor = get_installation(installation_id), request.user
    enabled = request.POST.get("enabled") == "yes"
    services.switch_installation(actor=actor, installation=row, enabled=enabled)  # type: ignore[arg-type]
    words = _("It stands on the sign-in page now.") if enabled else _("It is off the sign-in page. Links stay.")
    messages.success(request, words)
    return redirect("people_desk:installation", installation_id=row.pk)
