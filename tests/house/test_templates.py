"""Templates compile, hold no inline script or style, escape everything, and name no colours of their own."""

import re

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template

from tests.house.texts import ROOT, css_faults, python_faults, template_faults, templates

# Who may mark text as safe, and why it is.
MAY_MARK_SAFE = {
    "fenjin/delivery/cleaning.py": "a body right after nh3 cleaned it",
    "fenjin/delivery/selectors/reading.py": "a body that nh3 cleaned when it was frozen, and that cannot change since",
    "fenjin/kit/phrases.py": "wraps escaped pieces in <wbr> and <mark>",
    "fenjin/newsroom/blocks/cleaning.py": "what nh3's allow-list let through",
    "fenjin/newsroom/page/glossary.py": "puts links made by format_html between pieces of a body that was cleaned",
    "fenjin/people/views/saml.py": "csrf_exempt: SAML posts from the other system's page, without our cookies or token; only"
    " a signed answer is kept there, and the page after the redirect asks this browser's cookie whether it began it",
}
# Where colours may be named: the tokens; and drawings, whose colours are their content.
MAY_NAME_COLOURS = {"frontend/tokens.css"}

NAMES = [str(path.relative_to(ROOT)) for path in templates()]


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    get_template(re.sub(r"^(?:fenjin/\w+/)?templates/", "", name))


@pytest.mark.parametrize("name", NAMES)
def test_template_is_clean(name):
    assert template_faults((ROOT / name).read_text()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<script type="module">let a</script>',
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{{ article.body|safe }}",
        "{{ article.body | safe }}",
        "{% autoescape off %}{{ body }}{% endautoescape %}",
        '<path fill="#C8102E">',
        '<body bgcolor="#fff">',
    ],
)
def test_a_bad_template_is_seen(bad):
    assert template_faults(f"<div>{bad}</div>")


@pytest.mark.parametrize(
    "good",
    [
        '<script src="{% static "app.js" %}" defer></script>',
        '<a href="#add">',
        '<use href="/static/icons.svg#bad"/>',
        "{# style= is not allowed here #}",
        "{{ count }}&#39;",
        '<div hx-target="#bad" class="on-style">',
        "{{ text|safe_phrases }}",
    ],
)
def test_a_good_template_is_left_alone(good):
    assert template_faults(good) == []


def test_a_template_that_does_not_compile_is_seen():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if %}{% endfor %}")


SHEETS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "frontend").rglob("*.css") if "dist" not in path.parts)


@pytest.mark.parametrize("name", [name for name in SHEETS if name not in MAY_NAME_COLOURS])
def test_style_sheet_names_no_colour(name):
    assert css_faults((ROOT / name).read_text()) == []


def test_a_colour_in_a_style_sheet_is_seen():
    assert css_faults("p { color: #c00 } /* #fff */ a { color: rgb(9 0 0 / 50%) }") == ["#c00", "rgb("]


def modules() -> list[str]:
    found = (path for path in (ROOT / "fenjin").rglob("*.py") if "tests" not in path.parts)
    return sorted(str(path.relative_to(ROOT)) for path in found)


def test_text_is_marked_safe_only_where_it_is_said_why():
    marking = {name for name in modules() if python_faults((ROOT / name).read_text())}
    assert marking == set(MAY_MARK_SAFE), "a reason in MAY_MARK_SAFE for each, and none for what is gone"


def test_marking_safe_is_seen():
    assert python_faults("x = mark_safe(body)\n@csrf_exempt\n") == ["csrf_exempt", "mark_safe("]
    assert python_faults("def f() -> SafeString: ...  # mark_safe(") == []
