"""The bank as a list, and its topics."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fenjin.kit.access import needs
from fenjin.kit.errors import BadRequest, Refusal
from fenjin.quiz import selectors, services
from fenjin.quiz.access import WRITER, spaces_to_write
from fenjin.quiz.desk.choosing import chosen_bank, number_in
from fenjin.quiz.forms.bank import FilterForm, TopicForm
from fenjin.quiz.models import KindChoice


@needs(WRITER)
@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """List the questions of a bank, cut by topic, kind, difficulty, state and words. Raises NotFound."""
    space, spaces = chosen_bank(request)
    form = FilterForm(request.GET, topics=selectors.list_topics(space))
    wanted = form.wanted()
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "space": space,
        "spaces": spaces,
        "tab": "bank",
        "form": form,
        "filtered": wanted != selectors.Filter(),
        "page": selectors.list_questions(space, wanted, number_in(request.GET.get("page", ""))),
        "counts": selectors.count_states(space),
        "waiting": selectors.count_waiting(space),
        "kept": kept.urlencode(),
        "kinds": KindChoice.choices,
    }
    return render(request, "quiz/desk/bank.html", context)


@needs(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics of a bank; a POST adds one. Raises NotFound."""
    space, spaces = chosen_bank(request)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_topic(actor=request.user, space_id=space, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The topic is there."))
            return redirect(f"{reverse('quiz_desk:topics')}?space={space}")
    context = {
        "space": space,
        "spaces": spaces,
        "tab": "topics",
        "form": form,
        "rows": selectors.topic_counts(space),
        "waiting": selectors.count_waiting(space),
    }
    return render(request, "quiz/desk/topics.html", context, status=422 if form.errors else 200)


@needs(WRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a topic. Raises NotFound."""
    row = selectors.get_topic(spaces_to_write(request.user), pk)
    form = TopicForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_topic(actor=request.user, topic=row, name=form.cleaned_data["name"])
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect(f"{reverse('quiz_desk:topics')}?space={row.space_id}")
    context = {"topic": row, "space": row.space_id, "tab": "topics", "form": form}
    return render(request, "quiz/desk/topic.html", context, status=422 if form.errors else 200)


@needs(WRITER)
@require_POST
def topic_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a topic or delete it: `do` says which. Raises NotFound, TopicInUse, BadRequest."""
    row = selectors.get_topic(spaces_to_write(request.user), pk)
    done = request.POST.get("do")
    if done == "delete":
        services.delete_topic(actor=request.user, topic=row)
        messages.success(request, _("The topic is gone."))
    elif done in ("up", "down"):
        services.move_topic(actor=request.user, topic=row, by=-1 if done == "up" else 1)
    else:
        raise BadRequest
    return redirect(f"{reverse('quiz_desk:topics')}?space={row.space_id}")
