"""The desk of lists of staff numbers: paste or upload, and read what did not match."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.audiences import services
from fenjin.audiences.access import AUDIENCE_MAKER
from fenjin.audiences.desk.builder import space_of
from fenjin.audiences.pasted import MOST_BYTES
from fenjin.audiences.selectors.saved import get_list, list_lists
from fenjin.kit.access import needs
from fenjin.kit.errors import NotFound, Refusal


@needs(AUDIENCE_MAKER)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """List the lists; a POST takes a new one in and goes to its report. Raises NotFound."""
    data = request.POST if request.method == "POST" else request.GET
    space_id, spaces = space_of(request, data)
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        content = upload.read(MOST_BYTES + 1) if upload else b""
        try:
            row = services.make_list(
                actor=request.user,
                space_id=space_id,
                name=data.get("name", ""),
                text=data.get("numbers", ""),
                content=content,
            )
            return redirect("audiences_desk:list", list_id=row.pk)
        except NotFound:
            raise
        except Refusal as refusal:
            error = str(refusal)
    context = {"rows": list_lists(request.user), "space_id": space_id, "spaces": spaces, "data": data, "error": error}
    return render(request, "audiences/desk/lists.html", context, status=422 if error else 200)


@needs(AUDIENCE_MAKER)
@require_safe
def report(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show what became of every number of a list. Raises NotFound."""
    row = get_list(request.user, list_id)
    faults = (
        (
            "missing",
            _("Not found"),
            _("Nobody bears this number. Look for a typing mistake, or ask for a newer roster."),
        ),
        ("twice", _("Found twice"), _("Two people bear it, in two numberings. Choose them by unit and post instead.")),
        (
            "outside",
            _("Outside your reach"),
            _("The person has left, or stands in a sub-platform for which you do not send."),
        ),
    )
    found = [(name, words, row.counts.get(key, 0), row.unmatched.get(key, [])) for key, name, words in faults]
    return render(request, "audiences/desk/list.html", {"row": row, "faults": found})


@needs(AUDIENCE_MAKER)
@require_POST
def put_away(request: HttpRequest, list_id: int) -> HttpResponse:
    """Empty a list and put it away. Raises NotFound, ListInUse."""
    row = services.put_list_away(actor=request.user, list_id=list_id)
    messages.success(request, _("“%(name)s” is gone, with the numbers on it.") % {"name": row.name})
    return redirect("audiences_desk:lists")
