"""What is drawn once for all who see the same: never what was meant for another reader, language or kind of text."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from fenjin.kit import drawn
from fenjin.kit.components import Button, Component, Empty, Notice, StoryRow, Tag, Todo, TodoRow
from fenjin.kit.tests.test_skin import kinds

ALIKE = [kind for kind in kinds() if kind.alike]
# Not the same for everybody, or not the same tomorrow.
OWN = re.compile(r"csrf_token|\bshell\b|\brequest\b|\buser\b|\bperms\b|_time\b|\|date|\{%\s*now\b")


def draw(thing: Component) -> str:
    return Template("{% component thing %}").render(Context({"thing": thing}))


def sources_of(name: str) -> list[str]:
    """Return the text of a template and of all that it includes."""
    text = (settings.BASE_DIR / "templates" / name).read_text()
    return [text, *(part for inner in re.findall(r'include "([^"]+)"', text) for part in sources_of(inner))]


@pytest.mark.parametrize("kind", ALIKE, ids=lambda kind: kind.__name__)
def test_what_looks_alike_to_all_uses_nothing_of_one_reader(kind):
    assert not [found for text in sources_of(kind.template) if (found := OWN.search(text))]


def test_the_same_thing_is_drawn_once_and_another_one_anew(monkeypatch):
    times = []
    monkeypatch.setattr(drawn, "_drawn", {})
    for key in ("a", "b", "a"):
        drawn.drawn_once(key, lambda: SafeString(times.append(1) or "x"))
    assert len(times) == 2


def test_nothing_piles_up(monkeypatch):
    monkeypatch.setattr(drawn, "_drawn", {})
    monkeypatch.setattr(drawn, "MOST", 3)
    for key in range(50):
        assert drawn.drawn_once(key, lambda key=key: SafeString(key)) == str(key)
    assert len(drawn._drawn) <= 3


def test_words_that_people_wrote_never_take_the_place_of_safe_ones():
    words = "<b>安全</b>"
    assert "<b>" in draw(Notice(SafeString(words)))
    assert "<b>" not in draw(Notice(words))


def test_each_language_gets_its_own_words():
    thing = Todo((TodoRow("安全", "/x", gettext_lazy("Read"), done=True),), gettext_lazy("One thing today"))
    with translation.override("en"):
        english = draw(thing)
    with translation.override("zh-hans"):
        chinese = draw(thing)
    assert "One thing today" in english
    assert "One thing today" not in chinese
    with translation.override("en"):
        assert draw(thing) == english


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Tag("1"), Tag("2")),
        (Tag("a", "zhu"), Tag("a", "jin")),
        (StoryRow("a", "/1"), StoryRow("a", "/2")),
        (StoryRow("a", "/1", tag=Tag("x")), StoryRow("a", "/1", tag=Tag("y"))),
        (StoryRow("a", "/1", meta=("x", "y")), StoryRow("a", "/1", meta=("xy",))),
        (Empty("a", action=Button("b")), Empty("a", action=Button("b", name="c"))),
    ],
)
def test_any_difference_is_seen(one, other):
    assert draw(one) != draw(other)
    assert drawn.looks(one) != drawn.looks(other)


def test_true_is_not_one():
    assert drawn.looks((True,)) != drawn.looks((1,))
