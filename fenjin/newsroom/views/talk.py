"""What readers do under an article: write, take back, report, like. Every one is a plain form."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fenjin.kit.access import needs
from fenjin.kit.components import FlowBar
from fenjin.kit.errors import NotFound
from fenjin.kit.ids import client_key
from fenjin.moderation.selectors.rules import VIOLATIONS
from fenjin.newsroom import selectors, services
from fenjin.newsroom.access import TALK, may_talk
from fenjin.newsroom.models import Article, Comment
from fenjin.newsroom.page.article import list_words
from fenjin.newsroom.page.talk import all_talk
from fenjin.newsroom.selectors.talk import get_comment
from fenjin.spaces.access import membership_of


class ReportForm(forms.Form):
    """Why a reader wants a comment looked at."""

    lane = forms.ChoiceField(label=gettext_lazy("What is wrong with it?"), choices=VIOLATIONS)
    note = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _article(request: HttpRequest, pk: int) -> tuple[Article, int]:
    membership = membership_of(request)
    article = selectors.get_article(membership, pk)
    if not may_talk(article):
        raise NotFound
    return article, membership.person_id or 0


@needs(TALK)
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all comments of an article; a POST writes one. Raises NotFound, TooMany, Closed."""
    article, person_id = _article(request, pk)
    text, error = request.POST.get("text", ""), ""
    if request.method == "POST":
        key = client_key(request.POST.get("client_key"))
        try:
            written = services.write_comment(person_id=person_id, article=article, text=text, client_key=key)
        except services.NoWords as refusal:
            error = str(refusal)
        else:
            messages.success(request, _said(written))
            return redirect(f"{reverse('newsroom:comments', args=[pk])}#c{written.comment_id}")
    before = request.GET.get("before", "")
    cursor = int(before) if before.isdecimal() and len(before) < 19 else None
    talk = all_talk(article, person_id, before=cursor, text=text, error=error)
    flow = FlowBar(_("Comments"), reverse("newsroom:article", args=[pk]), closes=False)
    title = list_words(article, request.LANGUAGE_CODE).title
    context = {"flow": flow, "talk": talk, "title": title, "whole": True}
    return render(request, "newsroom/comments.html", context, status=422 if error else 200)


def _said(comment: Comment) -> str:
    if comment.state == Comment.State.HELD:
        return _("Sent. Somebody looks at it first; you see here what becomes of it.")
    return _("It stands there now. You can take it back at any time.")


@needs(TALK)
@require_POST
def comment_take_back(request: HttpRequest, pk: int, comment_id: int) -> HttpResponse:
    """Take an own comment back. Raises NotFound."""
    article, person_id = _article(request, pk)
    services.take_comment_back(person_id=person_id, article=article, comment_id=comment_id)
    messages.success(request, _("Taken back. Its words are deleted."))
    return redirect("newsroom:comments", pk)


@needs(TALK)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, pk: int, comment_id: int) -> HttpResponse:
    """Ask why a comment shall be looked at; a POST sends it. Raises NotFound, OwnComment."""
    article, person_id = _article(request, pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.report_comment(person_id=person_id, article=article, comment_id=comment_id, **form.cleaned_data)
        except services.OwnComment as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Somebody looks at it; nobody learns that it was you."))
            return redirect("newsroom:comments", pk)
    said = get_comment(article, comment_id)
    flow = FlowBar(_("Report a comment"), reverse("newsroom:comments", args=[pk]), closes=False)
    context = {"flow": flow, "said": said, "form": form}
    return render(request, "newsroom/comment_report.html", context, status=422 if form.is_bound else 200)


@needs(TALK)
@require_POST
def like(request: HttpRequest, pk: int) -> HttpResponse:
    """Like an article (`liked=yes`) or take it back, and return to it. Raises NotFound."""
    article, person_id = _article(request, pk)
    services.like_article(person_id=person_id, article=article, liked=request.POST.get("liked") == "yes")
    return redirect(f"{reverse('newsroom:article', args=[pk])}#talk")
