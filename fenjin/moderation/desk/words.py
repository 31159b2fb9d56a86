"""The words of a space, tried out on what was written before they are added; its rule; its month in numbers."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit import clock
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound
from fenjin.kit.scope import GROUP_SPACE
from fenjin.moderation import services
from fenjin.moderation.access import DECIDE, MODERATOR
from fenjin.moderation.forms import RuleForm, WordsForm
from fenjin.moderation.models import Lane, Rule
from fenjin.moderation.selectors import rules
from fenjin.moderation.selectors.figures import figures_of
from fenjin.moderation.selectors.trial import try_words
from fenjin.spaces.selectors import get_space, spaces_to_add_in

PAGE = 50


def _space(request: HttpRequest) -> tuple[int, list[tuple[int, str]]]:
    """Return the chosen space and all that the account moderates. Raises NotFound for another one."""
    spaces = spaces_to_add_in(request.user, DECIDE)
    asked = request.POST.get("space") or request.GET.get("space") or ""
    chosen = int(asked) if asked.isdecimal() and len(asked) < 19 else spaces[0][0]
    if chosen not in dict(spaces):
        raise NotFound
    return chosen, spaces


@needs(MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """List the words of a space; a POST tries new ones out, or adds them. Raises NotFound."""
    space, spaces = _space(request)
    form, trial = WordsForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "add":
            added = services.add_words(actor=request.user, space_id=space, **form.cleaned_data)
            text = ngettext("%(count)d new word is on the list.", "%(count)d new words are on the list.", added)
            messages.success(request, text % {"count": added})
            return redirect(f"{reverse('moderation_desk:words')}?space={space}")
        trial = try_words(space, **form.cleaned_data)
    text, lane = request.GET.get("q", "")[:40], request.GET.get("lane", "")
    rows = rules.list_words(space, text=text, lane=lane if lane in Lane.values else "")
    context = {
        "space": space,
        "spaces": spaces,
        "form": form,
        "trial": trial,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "text": text,
        "lane": lane,
        "lanes": Lane.choices,
        "group_count": rules.count_group_words() if space != GROUP_SPACE else None,
    }
    return render(request, "moderation/desk/words.html", context, status=422 if form.errors else 200)


@needs(MODERATOR)
@require_POST
def word_remove(request: HttpRequest, word_id: int) -> HttpResponse:
    """Take a word off the list. Raises NotFound."""
    text = services.remove_word(actor=request.user, word_id=word_id)
    messages.success(request, _("“%(word)s” is off the list.") % {"word": text})
    space = request.POST.get("space", "")
    return redirect(f"{reverse('moderation_desk:words')}?space={space if space.isdecimal() else ''}")


@needs(MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """Show how strictly a space takes it and whose rule that is; a POST changes it. Raises NotFound."""
    space, spaces = _space(request)
    own, group = rules.own_rule(space), rules.inherited_rule(space)
    initial = {"mode": own.mode if own else "", "hours": own.hours if own else rules.HOURS}
    inherits = _("As the group: %(rule)s") if space != GROUP_SPACE else _("As built in: %(rule)s")
    form = RuleForm(
        request.POST or None,
        initial=initial,
        inherits=inherits % {"rule": Rule.Mode(group).label},
    )
    if request.method == "POST" and form.is_valid():
        services.set_rule(actor=request.user, space_id=space, **form.cleaned_data)
        messages.success(request, _("From now on this rule holds."))
        return redirect(f"{reverse('moderation_desk:rule')}?space={space}")
    context: dict[str, Any] = {"space": space, "spaces": spaces, "form": form}
    return render(request, "moderation/desk/rule.html", context, status=422 if form.errors else 200)


@needs(MODERATOR)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show the report of a month (`month`: 2026-11), of this one by default. Raises NotFound."""
    space, spaces = _space(request)
    zone = get_space(space).zone
    first = _first_of(request.GET.get("month", "")) or clock.today(ZoneInfo(zone)).replace(day=1)
    context = {
        "space": space,
        "spaces": spaces,
        "figures": figures_of(space, first, zone),
        "earlier": f"{first - timedelta(days=1):%Y-%m}",
    }
    return render(request, "moderation/desk/month.html", context)


def _first_of(text: str) -> date | None:
    """Return the first day of a month as it is typed in an address; None for anything else."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if 2000 < found.year < 2200 else None
