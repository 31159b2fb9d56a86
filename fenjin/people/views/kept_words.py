"""A form that was kept, in the words that stood beside its fields.

What was sent holds names of fields only. Their labels are those of the form of the same room that knows
most of the names, or, on Wagtail's own pages, of the model that is edited. What no form knows is shown
without its name if somebody typed it, and left out if a machine did.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.apps import apps
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

SHOWN: Final = 12
LONGEST: Final = 400
# Spaces, or signs beyond the machine's alphabet: somebody wrote this.
_TYPED = re.compile(r"[^\x21-\x7e]")


def words_of(path: str, fields: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return what was typed, as label and value in words; `fields` are names and values in their order."""
    names = {name for name, _value in fields}
    known = _fields_of(path, names)
    shown = []
    for name, value in fields:
        text = value.strip()
        if not text or len(text) > LONGEST:
            continue
        if name in known:
            label, choices = known[name]
            shown.append((label, choices.get(text, text)))
        elif _TYPED.search(text) and "-" not in name:
            shown.append((_("What you typed"), text))
    return shown[:SHOWN]


def _fields_of(path: str, names: set[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Return label and choices of the fields that are sent to a path, by name."""
    try:
        view: Any = resolve(path.partition("?")[0]).func
    except Resolver404:
        return {}
    model = _model_of(view)
    if model is not None:
        return {
            field.name: (_capital(field.verbose_name), {str(value): str(words) for value, words in field.flatchoices})
            for field in model._meta.fields
            if field.name in names
        }
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    room = apps.get_containing_app_config(module)
    if room is None:
        return {}
    best: dict[str, forms.Field] = {}
    for form in _forms(forms.BaseForm):
        if form.__module__.startswith(f"{room.name}."):
            found = {name: field for name, field in getattr(form, "base_fields", {}).items() if name in names}
            best = max(best, found, key=len)
    return {
        name: (_capital(field.label or ""), _choices(field))
        for name, field in best.items()
        if field.label and not isinstance(field.widget, forms.HiddenInput)
    }


def _model_of(view: Any) -> type[models.Model] | None:
    model = getattr(view, "view_initkwargs", {}).get("model")
    return model if isinstance(model, type) and issubclass(model, models.Model) else None


def _forms(above: Any) -> Iterator[Any]:
    for form in above.__subclasses__():
        yield form
        yield from _forms(form)


def _choices(field: forms.Field) -> dict[str, str]:
    """Return the words of a field that is chosen or ticked."""
    if isinstance(field, forms.BooleanField):
        return dict.fromkeys(("on", "yes", "1", "True"), _("yes"))
    plain = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    found: dict[str, str] = {}
    for value, label in field.choices if plain else ():  # type: ignore[attr-defined]
        group = label if isinstance(label, (list, tuple)) else [(value, label)]
        found |= {str(one): str(words) for one, words in group}
    return found


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
