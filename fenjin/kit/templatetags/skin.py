"""Tags and filters of the skin; loaded everywhere as builtins."""

import dataclasses
import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.conf import settings
from django.template import Context, Engine
from django.template.base import Template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fenjin.kit import components, phrases, wording
from fenjin.kit.drawn import drawn_once, looks

register = template.Library()


# ---- built files ------------------------------------------------------------------------------------


def _manifest() -> dict[str, str]:
    path = Path(settings.BASE_DIR) / "frontend" / "dist" / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


@lru_cache(maxsize=64)
def _address(name: str) -> str:
    files = _manifest()
    if name not in files:
        raise LookupError(f"{name} is not in frontend/dist/manifest.json: run `npm run build`.")
    return static(files[name])


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file by its plain name ("phone.css"), looked up once per process.

    Raises LookupError with the cure when the front end has not been built.
    """
    if settings.DEBUG:
        _address.cache_clear()
    return _address(name)


@lru_cache(maxsize=256)
def _drawn_icon(name: str, css: str, sprite: str) -> SafeString:
    more = f" {css}" if css else ""
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>', more, sprite, name)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the sprite; it is decoration, the words beside it carry the meaning."""
    return _drawn_icon(name, css, asset("icons.svg"))


# ---- components ---------------------------------------------------------------------------------------


def _template_of(name: str) -> Template:
    # The engine keeps compiled templates itself, except while DEBUG is on.
    return Engine.get_default().get_template(name)


@register.simple_tag(takes_context=True)
def component(context: Context, thing: components.Component | str | None, **keywords: Any) -> SafeString | str:
    """Draw a component: an object, or the name of its dataclass and its fields.

    Nothing is drawn for None. Raises AttributeError or TypeError for a name or field that does not exist.
    """
    if not thing and not isinstance(thing, components.Component):
        return ""
    if isinstance(thing, str):
        thing = getattr(components, thing)(**keywords)
    made: Any = thing
    if made.alike:
        return drawn_once(
            (get_language(), looks(made)), lambda: _template_of(made.template).render(context.new({"c": made}))
        )
    inner = {"c": made, "csrf_token": context.get("csrf_token"), "shell": context.get("shell")}
    return _template_of(made.template).render(context.new(inner))


# What each part of the frame shows of `shell`: it looks the same for everybody for whom this is the same.
_FRAME = {
    "topbar": ("space_name", "mark", "home_url", "search_url", "inbox_url"),
    "foot": ("contact", "complaint_url", "why_url"),
    "tabs": ("tabs", "active"),
}


@register.simple_tag(takes_context=True)
def framed(context: Context, part: str) -> SafeString:
    """Draw the top bar, the foot or the tabs; each is drawn once for all who see the same."""
    shell: Any = context.get("shell")
    name = f"components/{part}.html"
    # A choice of spaces is a form with the reader's own token.
    if not shell or (part == "topbar" and shell.spaces):
        return _template_of(name).render(context)
    unread = bool(shell.unread) if part == "topbar" else None
    key = (part, get_language(), unread, *(looks(getattr(shell, field)) for field in _FRAME[part]))
    return drawn_once(key, lambda: _template_of(name).render(context.new({"shell": shell})))


_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "tick"),
)


def field_from(bound: forms.BoundField, **changes: Any) -> components.Field:
    """Return the component for one field of a Django form, with its value and its errors."""
    widget = bound.field.widget
    attrs = widget.attrs
    kind = next((name for cls, name in _KINDS if isinstance(widget, cls)), "text")
    value = bound.value()
    shown = "" if value is None or kind == "password" else str(value)
    choices = getattr(bound.field, "choices", ()) if kind == "select" else ()
    made = components.Field(
        label=bound.label or "",
        name=bound.html_name,
        kind="code" if "code" in attrs.get("class", "").split() else kind,  # type: ignore[arg-type]
        value=shown,
        id=bound.auto_id or "",
        help=bound.help_text or "",
        errors=tuple(str(error) for error in bound.errors),
        required=bound.field.required,
        autocomplete=attrs.get("autocomplete", ""),
        inputmode=attrs.get("inputmode", ""),
        placeholder=attrs.get("placeholder", ""),
        maxlength=getattr(bound.field, "max_length", None),
        options=tuple(components.Option(value=str(key), label=label) for key, label in choices),
    )
    return dataclasses.replace(made, **changes)


@register.simple_tag(takes_context=True)
def field(context: Context, bound: forms.BoundField, **changes: Any) -> SafeString | str:
    """Draw a field of a Django form in our skin."""
    return component(context, field_from(bound, **changes))


# ---- words ---------------------------------------------------------------------------------------------


@register.filter(name="phrases")
def phrases_filter(text: object) -> SafeString:
    """Let a title break only between words."""
    return phrases.with_breaks(text)


@register.simple_tag
def gap() -> str:
    """Return what stands between two sentences: a space, and nothing in Chinese, whose full stop brings its own."""
    return wording.gap()


@register.filter
def short_number(value: int) -> str:
    """1.2 万."""
    return wording.short_number(int(value))


@register.filter
def friendly_time(moment: datetime | None) -> str:
    """今天 08:30."""
    return wording.friendly_time(moment) if moment else ""


@register.filter
def exact_time(moment: datetime | None) -> str:
    """11月22日 08:30."""
    return wording.exact_time(moment) if moment else ""


@register.filter
def due_time(moment: datetime | None) -> str:
    """今天 18:00."""
    return wording.due_time(moment) if moment else ""
