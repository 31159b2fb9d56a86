"""Changes by hand: a form, then what it means in a sentence and "yes, do it", then the page it was about.

Each change is one entry: its form, what it will do in words, and the service that does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fenjin.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Change:
    """`words(thing, data)` says what will happen; `act(actor, thing, data)` does it."""

    title: Any
    button: Any
    form: type[forms.Form]
    words: Callable[[Any, dict[str, Any]], str]
    act: Callable[[Any, Any, dict[str, Any]], object]
    done: Any
    initial: Callable[[Any], dict[str, Any]] = lambda _thing: {}
    danger: bool = False


def run_change(
    request: HttpRequest, change: Change, thing: Any, *, back: str, lead: str, after: Callable[[Any], str] | None = None
) -> HttpResponse:
    """Show the form, ask once more, do it; a refusal comes back to the form with its sentence.

    `after(result)` may name another page to go to than `back`.
    """
    form = change.form(request.POST or None, initial=change.initial(thing))
    context: dict[str, Any] = {"change": change, "form": form, "back": back, "lead": lead, "words": ""}
    if request.method == "POST" and not form.fields:
        form = context["form"] = change.form({"sure": "1"})
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            context["words"] = change.words(thing, form.cleaned_data)
            context["kept"] = _kept(form)
            return render(request, "people/desk/change.html", context)
        try:
            result = change.act(request.user, thing, form.cleaned_data)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error(None, str(refusal))
            return render(request, "people/desk/change.html", context, status=refusal.status)
        messages.success(request, change.done)
        return redirect(after(result) if after else back)
    if request.method == "GET" and not form.fields:
        context |= {"words": change.words(thing, {}), "kept": {}}
    return render(request, "people/desk/change.html", context, status=422 if form.errors else 200)


def _kept(form: forms.Form) -> Mapping[str, str]:
    """Return what was typed, for the second press; a unit found by its name goes on by its number."""
    kept = {name: form.data.get(name, "") for name in form.fields}
    if form.cleaned_data.get("to_id"):
        kept["to_id"] = str(form.cleaned_data["to_id"])
    return kept
