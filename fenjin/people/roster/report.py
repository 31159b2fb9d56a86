"""The preview as plain lines, for those who import at the command line."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fenjin.people.roster.lines import row_words
from fenjin.people.roster.problems import sentence

SHOWN = 20


def lines(preview: dict[str, Any]) -> Iterator[str]:
    """Yield the preview line by line; a refused file is one sentence."""
    if preview["refused"]:
        yield _("Refused: %(why)s") % {"why": preview["sentence"]}
    if "counts" not in preview:
        return
    yield from _file(preview)
    yield ""
    yield from _counts(preview)
    yield from _recognised(preview)
    yield from _units(preview["units"])
    yield from _rows(_("The first rows, as they were understood:"), preview["head"][:5], preview["sheets"])
    yield from _rows(_("Changes:"), preview["changes"][:SHOWN], preview["sheets"])
    yield from _problems(preview)


def _file(preview: dict[str, Any]) -> Iterator[str]:
    found, width = preview["lines"], preview["width"]
    sheets = "、".join(preview["sheets"]) or preview["sheet"]
    yield _("Sheet “%(sheet)s”, header in row %(row)s.") % {"sheet": sheets, "row": preview["header_row"]}
    yield _("Columns read: %(columns)s") % {"columns": "、".join(column["column"] for column in preview["columns"])}
    if preview["unmapped"]:
        yield _("Columns not read and never stored: %(columns)s") % {"columns": "、".join(preview["unmapped"])}
    if width["digits"]:
        yield _width_sentence(width)
    yield _("%(persons)s rows of people; %(blank)s empty rows and %(totals)s rows of sums left out.") % found
    if found["declared_total"] is not None and found["declared_total"] != found["persons"]:
        yield _("The file says it holds %(declared_total)s people, but %(persons)s rows could be read.") % found
    if found["repeated"]:
        yield _("%(repeated)s rows repeat another one word for word and were left out.") % found


def _width_sentence(width: dict[str, Any]) -> str:
    origins = {
        "declared": _("as the sheet “%(sheet)s” says"),
        "option": _("as you said"),
        "known": _("as in the last roster"),
        "frequent": _("the most frequent width in the file"),
    }
    told = _("Staff numbers have %(digits)s digits (%(origin)s); zeros were put back in %(restored)s of them.")
    return told % (width | {"origin": origins[width["from"]] % width})


def _counts(preview: dict[str, Any]) -> Iterator[str]:
    counts = preview["counts"]
    for text in (
        _("join             %(joins)6d   (of these come back: %(returns)d)"),
        _("move             %(moves)6d"),
        _("other changes    %(changes)6d"),
        _("leave            %(leaves)6d   (of %(people)d whom the file speaks for)"),
        _("units renamed    %(renames)6d"),
        _("units merged     %(mergers)6d"),
        _("unchanged        %(unchanged)6d"),
        _("second posts     %(dual_posts)6d"),
        _("rows to mend     %(problems)6d"),
    ):
        yield text % (counts | {"people": preview["breaker"]["people"]})
    if counts["kept"]:
        yield _("%(kept)d people stay though the file lacks them: their rows are to be mended.") % counts


def _recognised(preview: dict[str, Any]) -> Iterator[str]:
    if not preview["range"]["whole"]:
        yield _("The file speaks for: %(units)s") % {"units": "、".join(preview["range"]["units"])}
    for one in preview["recognised"]:
        yield "  " + _("%(from)s → %(to)s: %(together)s of its %(people)s people are together there.") % one


def _units(units: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield _("%(named)d units in %(companies)d companies; %(opened)d of them are new.") % units
    for path in units["only_second"]:
        yield "  " + _("%(path)s is named only by a second post: check that it exists.") % {"path": path}


def _rows(title: str, listed: list[dict[str, Any]], sheets: list[str]) -> Iterator[str]:
    if listed:
        yield ""
        yield title
    for row in listed:
        before = f"{row['from']} → " if row.get("from") else ""
        second = f" + {'、'.join(row['second'])}" if row["second"] else ""
        where = row_words(row["row"], sheets) if row["row"] else "–"
        yield f"  {where:>6}  {row['number']}  {row['name']}  {before}{row['unit']}{second}  {row['title']}"


def _problems(preview: dict[str, Any]) -> Iterator[str]:
    if preview["problems"]:
        yield ""
        yield _("Rows to mend; they are left out, the others are applied:")
    for problem in preview["problems"]:
        wrong, cure = sentence(problem)
        where = row_words(problem["row"], preview["sheets"])
        yield f"  {where:>6}  {problem['number']} {problem['name']}  {wrong} {cure}"
