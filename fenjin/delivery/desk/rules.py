"""The desk of the rules for sending: who asks a second person from which head count on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fenjin.delivery.access import RULE_SETTER, may_set_rules
from fenjin.delivery.forms.approval import SendingRulesForm
from fenjin.delivery.selectors.approvals import Rules, sending_rules
from fenjin.delivery.services.rules import set_sending_rules
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.spaces.access import membership_of
from fenjin.spaces.selectors import get_space, list_spaces
from fenjin.spaces.selectors.role_words import role_choices


@needs(RULE_SETTER)
@require_safe
def sending_rules_all(request: HttpRequest) -> HttpResponse:
    """Show the rules of each space that the one who asks sets; with one only, straight to it. Raises NotFound."""
    membership = membership_of(request)
    spaces = [space for space in list_spaces() if may_set_rules(membership, space.pk)]
    if not spaces:
        raise NotFound
    if len(spaces) == 1:
        return redirect("delivery_desk:sending_rules", space_id=spaces[0].pk)
    lines = [(space, _in_words(sending_rules(space.pk))) for space in spaces]
    return render(request, "delivery/desk/sending_rules_all.html", {"lines": lines})


def _in_words(rules: Rules) -> str:
    names = dict(role_choices())
    words = [
        _("%(role)s: up to %(people)s alone") % {"role": names[role], "people": f"{people:,}"}
        for role, people in sorted(rules.limits.items())
    ]
    words.append(_("%(minutes)s minutes a week are enough") % {"minutes": rules.weekly_minutes})
    return " · ".join(words)


@needs(RULE_SETTER)
@require_http_methods(["GET", "HEAD", "POST"])
def sending_rules_of(request: HttpRequest, space_id: int) -> HttpResponse:
    """Change the rules of one space. Raises NotFound."""
    space = get_space(space_id)
    if not may_set_rules(membership_of(request), space.pk):
        raise NotFound
    rules = sending_rules(space.pk)
    form = SendingRulesForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        minutes = form.cleaned_data["weekly_minutes"]
        set_sending_rules(actor=request.user, space_id=space.pk, limits=form.limits, weekly_minutes=minutes)
        messages.success(request, _("Kept. It holds for messages sent from now on."))
        return redirect(request.path)
    context: dict[str, Any] = {"space": space, "form": form, "own": rules.own}
    return render(request, "delivery/desk/sending_rules.html", context, status=422 if form.errors else 200)
