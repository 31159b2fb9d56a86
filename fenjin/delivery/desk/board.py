"""The duty desk: who is safe, who needs help, who is silent, while an emergency goes on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fenjin.delivery.access import DUTY_DESK, NAME_SILENT, SENDER, SILENT_NAMER, may_end_emergency
from fenjin.delivery.desk import board_file
from fenjin.delivery.desk.figures import as_of
from fenjin.delivery.forms import EndForm
from fenjin.delivery.selectors.outbox.over import all_clear_rung
from fenjin.delivery.selectors.safety import answers_for_desk, emergencies_for_desk, emergency_for_desk
from fenjin.delivery.selectors.safety_board import Board, BoardRow, board
from fenjin.delivery.services import end_emergency, may_name_silent, name_silent, take_care
from fenjin.delivery.services.rollups import watch_coverage
from fenjin.delivery.services.safety import note_board_look
from fenjin.kit.access import needs
from fenjin.kit.components import Bar, Crumb, Crumbs
from fenjin.kit.errors import BadRequest, NotFound
from fenjin.spaces.access import grants_with, membership_of

FIRST = 10  # of those who need help, on the board itself
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def number_in(data: QueryDict, name: str) -> int | None:
    """Return a number that an address gives, None without one; raises NotFound for anything else."""
    text = data.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise NotFound
    return int(text)


@needs(DUTY_DESK)
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """List the emergencies that reached people of the desk, those that go on first."""
    context = {"rows": emergencies_for_desk(), "unnamed": ""}
    return render(request, "delivery/desk/emergencies.html", context)


@needs(DUTY_DESK)
@require_safe
def board_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show counts down the tree, and who needs help; a part of it is fetched again every ten seconds."""
    message = emergency_for_desk(message_id)
    watch_coverage(message=message)
    page = board(message, number_in(request.GET, "unit"))
    in_need, more = answers_for_desk(page.message, unit_id=page.unit_id, needs_help=True, size=FIRST)
    if in_need:
        note_board_look(actor=request.user, message=page.message)
    context = {
        "page": page,
        "rows": [(row, _name(row), _bar(row), _address(page, row), _("; ").join(row.names)) for row in page.rows],
        "crumbs": _crumbs(page) if len(page.way) > 1 else None,
        "in_need": in_need,
        "more": more,
        "fresh": as_of(page.at, live=page.live),
        "again": request.get_full_path(),
        "may_end": page.active and may_end_emergency(request.user, page.message),
        "end": EndForm(),
        "over": all_clear_rung(page.message),
        "silent": _silent_address(request, page),
    }
    return render(request, "delivery/desk/board.html", context)


def _name(row: BoardRow) -> str:
    if row.unit_id is None:
        return _("Other small units")
    return _("Directly in %(unit)s") % {"unit": row.name} if row.direct else row.name


def _bar(row: BoardRow) -> Bar:
    tally = row.tally
    label = _("%(name)s: of %(people)s people %(safe)s are safe, %(help)s need help, %(silent)s are silent") % {
        "name": _name(row),
        "people": tally.people,
        "safe": tally.safe,
        "help": tally.need_help,
        "silent": tally.silent,
    }
    return Bar(tally.safe, tally.people, label, wider=tally.answered)


def _address(page: Board, row: BoardRow) -> str:
    if row.unit_id is None or row.direct or not row.deeper:
        return ""
    return f"{reverse('delivery_desk:board', args=[page.message.pk])}?{urlencode({'unit': row.unit_id})}"


def _crumbs(page: Board) -> Crumbs:
    *above, last = page.way
    address = reverse("delivery_desk:board", args=[page.message.pk])
    return Crumbs((*(Crumb(name, f"{address}?{urlencode({'unit': unit})}") for unit, name in above), Crumb(last[1])))


def _silent_address(request: HttpRequest, page: Board) -> str:
    """Return where the silent of this page are named: for the administrator of the very unit, in a real emergency."""
    if page.unit_id is None or not may_name_silent(page.message):
        return ""
    own = {grant.unit_id for grant in grants_with(membership_of(request), NAME_SILENT)}
    if own.isdisjoint(unit for unit, _words in page.way):
        return ""
    return f"{reverse('delivery_desk:silent', args=[page.message.pk])}?{urlencode({'unit': page.unit_id})}"


@needs(DUTY_DESK)
@require_safe
def board_people(request: HttpRequest, message_id: int) -> HttpResponse:
    """List those who answered, who needs help first; each look is recorded."""
    message = emergency_for_desk(message_id)
    kind, number = request.GET.get("answer", ""), number_in(request.GET, "page") or 0
    if number > 100_000:
        raise NotFound
    wanted = {"help": True, "safe": False}.get(kind)
    unit = number_in(request.GET, "unit")
    rows, more = answers_for_desk(message, unit_id=unit, needs_help=wanted, page=number)
    note_board_look(actor=request.user, message=message)
    tabs = [("", _("All who answered")), ("help", _("Need help")), ("safe", _("Safe"))]
    context = {
        "message": message,
        "unit": unit,
        "rows": rows,
        "tabs": [(_page(key, unit, 0), label, key == kind) for key, label in tabs],
        "before": _page(kind, unit, number - 1) if number else "",
        "more": _page(kind, unit, number + 1) if more else "",
    }
    return render(request, "delivery/desk/board_people.html", context)


def _page(kind: str, unit: int | None, number: int) -> str:
    return f"?{urlencode({'answer': kind, 'unit': unit or '', 'page': number})}"


@needs(DUTY_DESK)
@require_POST
def board_take(request: HttpRequest, message_id: int, person_id: int) -> HttpResponse:
    """Mark that somebody who needs help is taken care of, or take the mark away."""
    taken = request.POST.get("taken", "yes") != "no"
    take_care(actor=request.user, message_id=message_id, person_id=person_id, taken=taken)
    words = _("Marked: taken care of. The person sees it too.") if taken else _("The mark is gone.")
    messages.success(request, words)
    back = "delivery_desk:board_people" if request.POST.get("back") == "people" else "delivery_desk:board"
    unit = number_in(request.POST, "unit")
    return redirect(reverse(back, args=[message_id]) + (f"?{urlencode({'unit': unit})}" if unit is not None else ""))


@needs(DUTY_DESK)
@require_POST
def board_end(request: HttpRequest, message_id: int) -> HttpResponse:
    """Say all clear from the duty desk."""
    return _end(request, message_id, "delivery_desk:board")


@needs(SENDER)
@require_POST
def all_clear(request: HttpRequest, message_id: int) -> HttpResponse:
    """Say all clear from the sender's desk."""
    return _end(request, message_id, "delivery_desk:manage")


def _end(request: HttpRequest, message_id: int, back: str) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    end_emergency(actor=request.user, message_id=message_id, words=form.cleaned_data["words"])
    messages.success(
        request,
        _("All clear. Home pages say so for a day, whoever was rung is rung once more, and nobody is asked any more."),
    )
    return redirect(back, message_id=message_id)


@needs(SILENT_NAMER)
@require_safe
def silent(request: HttpRequest, message_id: int) -> HttpResponse:
    """Name who has not answered, to the administrator of the own unit; each look is recorded."""
    unit = number_in(request.GET, "unit")
    if unit is None:
        raise NotFound
    message, people, more = name_silent(actor=request.user, message_id=message_id, unit_id=unit)
    context = {"message": message, "people": people, "more": more, "unit": unit}
    return render(request, "delivery/desk/board_silent.html", context)


@needs(DUTY_DESK)
@require_safe
def board_xlsx(request: HttpRequest, message_id: int) -> HttpResponse:
    """Give the board and the names of those who answered as a workbook; the look is recorded."""
    page = board(emergency_for_desk(message_id), number_in(request.GET, "unit"))
    note_board_look(actor=request.user, message=page.message, export=True)
    response = HttpResponse(board_file.as_xlsx(page, [_name(row) for row in page.rows]), content_type=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="emergency-{message_id}.xlsx"'
    return response
