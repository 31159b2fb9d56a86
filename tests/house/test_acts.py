"""Every act that anybody records has words for the auditor, in both languages."""

import ast
import fnmatch

from django.utils.functional import Promise

from fenjin.audit.register import acts, kinds, word_of_detail
from tests.house.texts import ROOT

FILES = [path for path in sorted((ROOT / "fenjin").rglob("*.py")) if "tests" not in path.parts]


def recorded(text):
    """Return the acts and the kinds of targets that a module names where it records something.

    An act that is put together, f"people.unit_{kind}", counts as its beginning with a star.
    """
    found, targets = set(), set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        for given in node.keywords:
            if given.arg == "act":
                parts = {
                    id(part)
                    for leaf in ast.walk(given.value)
                    if isinstance(leaf, ast.JoinedStr)
                    for part in leaf.values
                }
                whole = {leaf for leaf in ast.walk(given.value) if _is_act(leaf)}
                found |= {leaf.value + ("*" if id(leaf) in parts else "") for leaf in whole}
            if given.arg == "target" and isinstance(given.value, ast.Tuple):
                kind = given.value.elts[0]
                targets |= {kind.value} if isinstance(kind, ast.Constant) else set()
    return found, targets


def _is_act(leaf):
    return isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and "." in leaf.value


def everything():
    found, targets = set(), set()
    for path in FILES:
        some, others = recorded(path.read_text())
        found, targets = found | some, targets | others
    return found, targets


def test_every_act_has_words():
    found, targets = everything()
    assert len(found) > 40
    assert sorted(act for act in found if not fnmatch.filter(acts(), act)) == []
    assert sorted(targets - kinds().keys()) == []


def test_the_words_are_translated_where_they_are_shown():
    """They are lazy: which language is asked for is known only then. That each has its Chinese, test_messages checks."""
    words = acts() | kinds()
    assert [name for name, word in words.items() if not isinstance(word, Promise)] == []
    assert str(word_of_detail("no such detail")) == "no such detail"


def test_an_act_without_words_is_seen():
    found, targets = recorded(
        'record(actor=None, act="people.nobody" if x else "people.code_issue", target=("ghost", 1))'
    )
    assert found - acts().keys() == {"people.nobody"}
    assert targets - kinds().keys() == {"ghost"}
