"""Me: who I am here, how pages look, where I am signed in. Every choice is a plain form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenjin.kit.access import SIGNED_IN, needs
from fenjin.kit.addresses import client_address
from fenjin.kit.components import FlowBar, Notice, Option, Row, Segmented, SessionRow
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.kit.wording import friendly_time
from fenjin.people.selectors.accounts import list_sessions
from fenjin.people.selectors.cases import latest_note, own_notes
from fenjin.people.selectors.own import own_posts
from fenjin.people.services import accounts, sign_in
from fenjin.people.services.devices import device_label, device_words
from fenjin.shell.forms import PasswordForm
from fenjin.spaces.access import STUDIO, membership_of


@needs(SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Show the profile, the choices and the ways on."""
    account: Any = request.user
    membership = membership_of(request)
    context = {
        "person": account.person,
        "name": account.get_full_name(),
        "office": account.administrator.get_office_display() if membership.office else "",
        "posts": own_posts(membership.person_id) if membership.person_id else [],
        "choices": _choices(request),
        "rows": _rows(request),
    }
    return render(request, "shell/me.html", context)


def _choices(request: HttpRequest) -> tuple[Segmented, ...]:
    account: Any = request.user
    sizes = (Option("1", _("Normal"), css="size-1"), Option("2", _("Large"), css="size-2"))
    looks = (Option("auto", _("Auto"), "screen"), Option("light", _("Light"), "sun"), Option("dark", _("Dark"), "moon"))
    tongues = (Option("zh-hans", "中文"), Option("en", "English"))
    spoken = "en" if (translation.get_language() or "").startswith("en") else "zh-hans"
    return (
        Segmented(_("Type size"), "scale", (*sizes, Option("3", _("Largest"), css="size-3")), str(account.scale)),
        Segmented(_("Appearance"), "theme", looks, account.theme),
        Segmented(_("Language"), "language", tongues, spoken),
    )


def _rows(request: HttpRequest) -> list[Row]:
    rows = [
        Row(_("Signed-in devices"), reverse("shell:sessions"), note=_told(request), icon="device", tone="lan"),
        Row(_("Change password"), reverse("shell:password"), icon="key", tone="jin"),
        _privacy_row(request),
        Row(_("Complaints and suggestions"), reverse("shell:complaint"), icon="chat", tone="zi"),
    ]
    if membership_of(request).person_id is not None:
        note = _("What was looked at, and why")
        quiet = _("When nothing rings, and whom you muted")
        rows.insert(
            0, Row(_("Messages and quiet hours"), reverse("delivery:habits"), note=quiet, icon="bell", tone="zhu")
        )
        rows.append(Row(_("My comments"), reverse("moderation:own_cases"), note=note, icon="flag", tone="qing"))
    if membership_of(request).is_staff:
        rows.insert(0, Row(_("Studio"), STUDIO, note=_("Best on a computer"), icon="edit", tone="zhu"))
    return rows


def _privacy_row(request: HttpRequest) -> Row:
    """Return the way to one's own data; operators have none here, and read the notice."""
    if membership_of(request).person_id is None:
        return Row(_("Privacy notice"), reverse("people:privacy"), icon="shield", tone="qing")
    return Row(_("Privacy and my data"), reverse("shell:my_data"), icon="shield", tone="qing")


def _told(request: HttpRequest) -> str:
    """Return what happened to the account lately, in one line; empty when nothing did."""
    account: Any = request.user
    note = latest_note(account)
    return f"{friendly_time(note.at)} {note.get_kind_display()}" if note else ""


@needs(SIGNED_IN)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep one choice of type size, appearance or language, and come back. Raises BadRequest."""
    account: Any = request.user
    sent = request.POST
    scale = sent.get("scale")
    if scale is not None and not scale.isdigit():
        raise BadRequest
    accounts.change_preferences(
        account=account,
        theme=sent.get("theme"),
        scale=int(scale) if scale is not None else None,
        language=sent.get("language"),
    )
    return redirect(reverse("shell:me") + "#choices")


@needs(SIGNED_IN)
def sessions(request: HttpRequest) -> HttpResponse:
    """Show the devices on which I am signed in."""
    account: Any = request.user
    here = _here(request)
    rows = [
        SessionRow(
            device=device_words(session.device),
            note=_("Last used %(when)s") % {"when": friendly_time(session.last_seen_at)},
            phone=any(word in session.device for word in ("Android", "iPhone", "HarmonyOS")),
            current=session.pk == here,
            end_url=reverse("shell:session_end", args=[session.pk]),
        )
        for session in list_sessions(account)
    ]
    rows.sort(key=lambda row: not row.current)
    flow = FlowBar(_("Signed-in devices"), reverse("shell:me"), closes=False)
    notes = [
        Row(
            note.get_kind_display(),
            icon="shield",
            tone="jin",
            notes=tuple(filter(None, (friendly_time(note.at), note.device and device_words(note.device)))),
        )
        for note in own_notes(account)
    ]
    return render(request, "shell/sessions.html", {"flow": flow, "rows": rows, "others": len(rows) > 1, "notes": notes})


@needs(SIGNED_IN)
@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of my sessions; raises NotFound for somebody else's."""
    account: Any = request.user
    accounts.end_session(account=account, session_id=session_id)
    messages.success(request, _("That device is signed out."))
    return redirect("shell:sessions")


@needs(SIGNED_IN)
@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    account: Any = request.user
    accounts.end_other_sessions(account=account, session_id=_here(request))
    messages.success(request, _("All other devices are signed out."))
    return redirect("shell:sessions")


@needs(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Change my password; all devices but this one are signed out."""
    form = PasswordForm(request.POST or None)
    account: Any = request.user
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_password(
                account=account,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                address=client_address(request),
                device=device_label(request.headers.get("User-Agent", "")),
            )
        except Refusal as refusal:
            refused = refusal
        else:
            sign_in.start_session(request=request, account=account)
            messages.success(request, _("Your new password holds. Other devices are signed out."))
            return redirect("shell:me")
    context = {
        "form": form,
        "flow": FlowBar(_("Change password"), reverse("shell:me"), closes=False),
        "refused": Notice(str(refused), tone="bad") if refused else None,
    }
    failed = refused is not None or form.is_bound
    status = (refused.status if refused else 422) if failed else 200
    return render(request, "shell/password.html", context, status=status)


def _here(request: HttpRequest) -> int:
    """Return the id of the session that asks."""
    row = getattr(request.session, "row", None)
    return row.pk if row is not None else 0
