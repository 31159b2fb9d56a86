"""Beside the form: what is found in the text as it stands there, while it is being written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest
from fenjin.media.selectors import pictures_by_id
from fenjin.media.selectors.files import files_by_id
from fenjin.newsroom.access import NEWSROOM
from fenjin.newsroom.advice import Draft, Report, advise
from fenjin.newsroom.blocks import file_ids, picture_ids
from fenjin.newsroom.models import Article
from fenjin.newsroom.page.article import minutes


@needs(NEWSROOM)
@require_POST
def advice(request: HttpRequest) -> HttpResponse:
    """Look at the posted form, which nothing is stored of. Raises BadRequest for anything that is no such form."""
    try:
        reports = [report_of(request, english=False), report_of(request, english=True)]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadRequest from error
    chinese, english = reports
    shown = [chinese, english] if english.characters else [chinese]
    context = {
        "reports": [(report, minutes(report.seconds)) for report in shown],
        "count": sum(len(report.findings) for report in shown),
    }
    return render(request, "newsroom/studio/advice.html", context)


def report_of(request: HttpRequest, *, english: bool) -> Report:
    """Return what is found in one language of the posted form; pictures and files are those in scope."""
    tail = "_en" if english else ""
    block = Article._meta.get_field(f"body{tail}").stream_block  # type: ignore[union-attr]  # it is a BodyField
    body = block.value_from_datadict(request.POST, request.FILES, f"body{tail}")
    pictures, files = pictures_by_id(picture_ids(body)), files_by_id(file_ids(body))
    draft = Draft(
        title=request.POST.get(f"title{tail}", "")[:200],
        lead=request.POST.get(f"lead{tail}", "")[:400],
        body=body,
        english=english,
        alts={pk: picture.description for pk, picture in pictures.items()},
        transcripts={pk: file.transcript for pk, file in files.items()},
    )
    return advise(draft)
