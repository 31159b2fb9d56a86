"""The living style page: every component in every state, and sample pages. Staff only.

`?theme=light|dark&scale=1|2|3&lang=zh|en` change how everything on it is drawn.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from fenjin.kit.access import needs
from fenjin.kit.components import Button, FlowBar, ShellFrame
from fenjin.kit.errors import NotFound
from fenjin.shell import style_forms as forms
from fenjin.shell import style_samples as samples
from fenjin.shell.style_desk import desk
from fenjin.spaces.access import STAFF

PAGES = ("home", "inbox", "article", "must_read", "confirmed", "sign_in", "me", "search", "error", "desk")
THEMES, SCALES, LANGUAGES = ("light", "dark"), ("1", "2", "3"), ("zh", "en")


def _choice(request: HttpRequest, name: str, allowed: tuple[str, ...]) -> str:
    wanted = request.GET.get(name, allowed[0])
    return wanted if wanted in allowed else allowed[0]


def _look(request: HttpRequest) -> dict[str, str]:
    return {
        "theme": _choice(request, "theme", THEMES),
        "scale": _choice(request, "scale", SCALES),
        "lang": _choice(request, "lang", LANGUAGES),
    }


def _frame(page: str, look: dict[str, str]) -> ShellFrame:
    active = {"me": "me"}.get(page, "home")
    return samples.frame(active, theme=look["theme"], scale=int(look["scale"]), all_tabs=page != "inbox")


def context_of(page: str, look: dict[str, str]) -> dict[str, Any]:
    """Return everything the samples show on one page, in the language that is in force."""
    head, bar = samples.confirm()
    return {
        "shell": _frame(page, look),
        "look": look,
        "page": page,
        "pages": PAGES,
        "looks": [{"theme": t, "scale": s, "lang": n} for t in THEMES for s in SCALES for n in LANGUAGES],
        "sections": samples.sections(),
        "todo": samples.todo(),
        "tiles": samples.tiles(),
        "lead": samples.lead(),
        "stories": samples.stories(),
        "letters": samples.letters(),
        "fields": forms.fields(),
        "choices": forms.choices(look["theme"], int(look["scale"])),
        "files": forms.files(),
        "rows": forms.rows(),
        "buttons": forms.buttons(),
        "desk": desk(),
        "head": head,
        "bar": bar,
        "tones": ("zhu", "jin", "qing", "lan", "zi", "plain"),
        "next": Button(samples.say("下一份待确认", "Next to confirm"), "#", kind="line"),
        "refusal": {"status": 404, "sentence": samples.say("这里没有给您看的内容。", "There is nothing here for you.")},
        "flow": FlowBar(samples.say("必读", "Must read"), "#", more="#"),
    }


def draw(request: HttpRequest, page: str) -> HttpResponse:
    """Answer with one page of samples, drawn with the look that was asked for."""
    look = _look(request)
    with translation.override("zh-hans" if look["lang"] == "zh" else "en"):
        return render(request, f"shell/style/{page}.html", context_of(page, look))


@needs(STAFF)
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return draw(request, "index")


@needs(STAFF)
def style_sample(request: HttpRequest, page: str) -> HttpResponse:
    """One sample page. Raises NotFound for a name that is not in the list."""
    if page not in PAGES:
        raise NotFound
    return draw(request, page)
