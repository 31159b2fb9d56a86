"""Every sentence stands in Chinese, not fuzzy, with the same placeholders; each fault is seen."""

import polib
import pytest

from tests.house import messages
from tests.house.messages import Message, Untranslatable, python_messages, template_messages


def test_every_message_is_translated():
    wrong = messages.all_faults()
    assert wrong == {}, "python -m tests.house.messages --write adds what is missing"


def test_one_sentence_has_one_translation():
    """Django merges the catalogues, so two translations of one msgid would fight."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    fights = []
    for path in sorted(messages.needed()):
        for entry in messages.catalogue_at(path):
            key, text = (entry.msgctxt or "", entry.msgid), entry.msgstr or entry.msgstr_plural.get(0, "")
            known = seen.setdefault(key, (text, str(path.relative_to(messages.ROOT))))
            if text and known[0] and known[0] != text:
                fights.append(f"{entry.msgid!r}: {known[0]} ({known[1]}) and {text} ({path.parts[-5]})")
    assert fights == []


def test_messages_of_python_are_found():
    source = (
        'from django.utils.translation import gettext as _, ngettext\nx = _("One " "line")\n'
        'y = translation.ngettext("%(n)s day", "%(n)s days", n)\nz = pgettext_lazy("verb", "Open")\n_(variable)\n'
    )
    assert python_messages(source) == {
        Message("One line"),
        Message("%(n)s day", "%(n)s days"),
        Message("Open", context="verb"),
    }


def test_a_sentence_made_of_pieces_is_refused():
    with pytest.raises(Untranslatable):
        python_messages('_(f"{count} people")')


def test_messages_of_templates_are_found():
    source = (
        '{% load i18n %}<p title="{% translate "A title" %}">{% trans \'It"s\' as x %}{{ _("In a tag") }}'
        "{% blocktranslate trimmed with name=person.name %}\n  Dear {{ name }},\n  hello\n{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% translate "Open" context "verb" %}{# {% translate "No" %} #}'
    )
    assert template_messages(source) == {
        Message("A title"),
        Message('It"s'),
        Message("In a tag"),
        Message("Dear %(name)s, hello"),
        Message("%(n)s day", "%(n)s days"),
        Message("Open", context="verb"),
    }


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (None, "missing"),
        (polib.POEntry(msgid="%(n)s people", msgstr=""), "not translated"),
        (polib.POEntry(msgid="%(n)s people", msgstr="%(n)s 人", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="%(n)s people", msgstr="n 人"), "placeholders [] for ['n']"),
        (polib.POEntry(msgid="%(n)s people", msgstr="%(m)s 人"), "placeholders ['m'] for ['n']"),
        (polib.POEntry(msgid="%(n)s people", msgstr="%(n)s 人"), None),
    ],
)
def test_a_bad_translation_is_seen(entry, fault):
    catalogue = polib.POFile()
    if entry is not None:
        catalogue.append(entry)
    found = messages.faults({Message("%(n)s people")}, [catalogue])
    assert found == ({"%(n)s people": [fault]} if fault else {})
