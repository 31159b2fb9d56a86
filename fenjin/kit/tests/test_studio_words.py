"""What Wagtail says in the studio is said in Chinese: its own translation, and ours where it has none."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.utils import translation
from wagtail.admin.views.generic.history import HistoryView

from fenjin.kit.viewsets import asking

WAGTAIL = Path(wagtail.__file__).parent
OURS = Path(__file__).resolve().parents[1] / "locale/zh_Hans/LC_MESSAGES"
# Places that the gate keeps shut, or that are not drawn: pages, workflows, mails, user administration, reports.
SHUT = re.compile(
    r"pages|page_|workflow|notifications/|/home/|home\.py|userbar|reports|models/(sites|i18n|api|media|pages|view_)"
    r"|apps\.py|auth|account\.py|bulk_action|views/tags|/tags\.py|locale|ordering|orderable|checks\.html"
    r"|confirm_site_name|site_summary|avatar|explor|coreutils|utils\.py|usage|reference_index|wagtail_hooks\.py"
    r"|choosers/snippets|chooser/results|snippets/snippets/results"
)
CATALOGUES = {
    "admin/locale/en/LC_MESSAGES/django.po": "django.po",
    "locale/en/LC_MESSAGES/django.po": "django.po",
    "snippets/locale/en/LC_MESSAGES/django.po": "django.po",
    "admin/locale/en/LC_MESSAGES/djangojs.po": "djangojs.po",
}


def left_in_english(source, ours):
    """Return the sentences of open places that neither Wagtail nor we say in Chinese."""
    theirs = polib.pofile(str(WAGTAIL / source.replace("/en/", "/zh_Hans/")))
    said = {entry.msgid for entry in [*theirs, *ours] if entry.translated()}
    needed = [entry for entry in polib.pofile(str(WAGTAIL / source)) if not entry.obsolete]
    open_places = [entry for entry in needed if not all(SHUT.search(path) for path, _line in entry.occurrences)]
    assert open_places, source
    return [entry.msgid for entry in open_places if entry.msgid not in said]


@pytest.mark.parametrize("source", CATALOGUES)
def test_no_sentence_of_an_open_place_stays_english(source):
    assert left_in_english(source, polib.pofile(str(OURS / CATALOGUES[source]))) == []


def test_a_sentence_that_is_missing_is_noticed():
    source = "locale/en/LC_MESSAGES/django.po"
    assert "Locked by you" in left_in_english(source, [])


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_nothing_is_filled_in_that_wagtail_does_not_give(name):
    fields = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    for entry in polib.pofile(str(OURS / name)):
        if entry.comment != "Wagtail":
            continue
        chinese = entry.msgstr or entry.msgstr_plural[0]
        asked = fields.findall(entry.msgid_plural or entry.msgid)
        assert set(fields.findall(chinese)) <= set(asked), entry.msgid


@pytest.mark.parametrize(("language", "label"), [("en", "1 entry"), ("zh-hans", "1 条记录")])
def test_a_history_counts_entries_and_not_rows_of_its_table(language, label):
    with translation.override(language):
        assert asking(HistoryView).paginator_class([1], 10).items_count_label == label
