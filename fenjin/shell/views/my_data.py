"""Privacy and my data: the ways on, what is stored about me, who looked, and what I allow."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar, Row
from fenjin.people import services
from fenjin.people.access import before_notice
from fenjin.people.selectors.consents import consent_history, consents_of
from fenjin.people.selectors.looks import looks_at
from fenjin.people.selectors.notices import current_number
from fenjin.people.selectors.personal import own_data, own_sheet
from fenjin.people.selectors.retention import outlook_words
from fenjin.spaces.access import EMPLOYEE, membership_of

SHOWN = 200  # rows of one sheet on the phone; the copy holds all


@before_notice
@needs(EMPLOYEE)
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what I can do about my own data."""
    account: Any = request.user
    read = account.privacy_notice_version
    notice = _("You read version %(number)s") % {"number": read} if read else _("You have not read it yet")
    context = {
        "flow": FlowBar(_("Privacy and my data"), reverse("shell:me"), closes=False),
        "pending": read < current_number(),
        "groups": (
            (
                _way("my_stored", _("What is stored about me"), _("Each field, and where it comes from"), "doc", "lan"),
                _way("my_looks", _("Who looked"), _("Staff who opened my page or changed something"), "eye", "zi"),
                _way("my_retention", _("How long things are kept"), "", "clock", "jin"),
            ),
            (
                _way("my_consents", _("Consents"), _("What mobile number and e-mail may be used for"), "done", "qing"),
                _way(
                    "my_corrections", _("Something is wrong"), _("Ask for a correction, see the answer"), "edit", "jin"
                ),
                _way("my_exports", _("Take my data along"), _("A copy to keep"), "download", "lan"),
                _way("my_erasure", _("Erase, or close the account"), _("See first what goes and what stays"), "trash"),
            ),
            (Row(_("Privacy notice"), reverse("people:privacy"), notice, icon="shield", tone="qing"),),
        ),
    }
    return render(request, "shell/my_data.html", context)


def _way(name: str, title: str, note: str, icon: str, tone: Any = "plain") -> Row:
    return Row(title, reverse(f"shell:{name}"), note, icon=icon, tone=tone)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_stored(request: HttpRequest) -> HttpResponse:
    """Show every field about me with its source, and what each part of the platform keeps."""
    data = own_data(membership_of(request).person_id or 0)
    rows = [
        Row(sheet.title, reverse("shell:my_stored_sheet", args=[sheet.key]), sheet.source, str(len(sheet.rows)))
        for sheet in data.lists
    ]
    context = {"flow": my_data_flow(_("What is stored about me")), "data": data, "rows": rows}
    return render(request, "shell/my_stored.html", context)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_stored_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Show the rows of one kind of data about me. Raises NotFound."""
    sheet = own_sheet(membership_of(request).person_id or 0, key)
    context = {
        "flow": FlowBar(str(sheet.title), reverse("shell:my_stored"), closes=False),
        "sheet": sheet,
        "records": sheet.records[:SHOWN],
        "more": max(len(sheet.rows) - SHOWN, 0),
    }
    return render(request, "shell/my_stored_sheet.html", context)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_looks(request: HttpRequest) -> HttpResponse:
    """Show which offices looked at my page, and what was done to my entry."""
    account: Any = request.user
    looks = looks_at(account.person_id, account.pk)
    context = {
        "flow": my_data_flow(_("Who looked")),
        "looks": [look for look in looks if look.look],
        "acts": [look for look in looks if not look.look],
    }
    return render(request, "shell/my_looks.html", context)


@before_notice
@needs(EMPLOYEE)
@require_GET
def my_retention(request: HttpRequest) -> HttpResponse:
    """Show how long each kind of data stays."""
    context = {"flow": my_data_flow(_("How long things are kept")), "kinds": outlook_words()}
    return render(request, "shell/my_retention.html", context)


@before_notice
@needs(EMPLOYEE)
@never_cache
@require_GET
def my_consents(request: HttpRequest) -> HttpResponse:
    """Show each optional use with its purpose, and whether I allow it."""
    person_id = membership_of(request).person_id or 0
    context = {
        "flow": my_data_flow(_("Consents")),
        "consents": consents_of(person_id),
        "history": consent_history(person_id),
    }
    return render(request, "shell/my_consents.html", context)


@before_notice
@needs(EMPLOYEE)
@require_POST
def my_consent_change(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give or withdraw one consent, and come back. Raises BadRequest for a use that does not exist."""
    account: Any = request.user
    if request.POST.get("allow") == "yes":
        services.give_consent(account=account, purpose=purpose, language=get_language() or "")
        messages.success(request, _("Allowed. You can withdraw it here at any time."))
    else:
        services.withdraw_consent(account=account, purpose=purpose)
        messages.success(request, _("Withdrawn. From now on it is not used any more."))
    return redirect("shell:my_consents")


def my_data_flow(name: str) -> FlowBar:
    """Return the bar of a page below Privacy and my data."""
    return FlowBar(name, reverse("shell:my_data"), closes=False)
