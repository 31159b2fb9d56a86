"""Every sentence that is shown stands in Chinese: finds them in Python and templates, and compares.

`python -m tests.house.messages` says what is missing; with `--write` it adds the missing msgids with
an empty translation to the .po of their app, to be filled in. No xgettext is needed: Python is read
as a syntax tree, templates by Django's own reader of translatable blocks.
"""

import ast
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
LOCALE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True, order=True)
class Message:
    """A sentence of the source: its text, its plural and its context, if it has them."""

    text: str
    plural: str = ""
    context: str = ""


# name of the function → which of its arguments are (text, plural, context)
_SHAPES = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}


class Untranslatable(ValueError):
    """A sentence is put together before it is translated, so that no translation can be found."""


def _message(name: str, arguments: list[ast.expr], place: str) -> Message | None:
    texts: list[str | None] = []
    for argument in arguments:
        if isinstance(argument, ast.JoinedStr):
            raise Untranslatable(f"{place}: an f-string inside {name}()")
        is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        texts.append(argument.value if is_text else None)  # type: ignore[attr-defined]

    def pick(index: int | None) -> str:
        return "" if index is None or index >= len(texts) else texts[index] or ""

    text, plural, context = (pick(index) for index in _SHAPES[name])
    return Message(text, plural, context) if text else None


def python_messages(source: str, place: str = "?") -> set[Message]:
    """Return the messages of a module; raises Untranslatable for one that is made of pieces."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in _SHAPES:
            message = _message(name, node.args, f"{place}:{node.lineno}")
            if message:
                found.add(message)
    return found


_TEXT = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_TEXT}(?:\s*,\s*{_TEXT})*)", re.DOTALL)


def template_messages(source: str, place: str = "?") -> set[Message]:
    """Return the messages of a template."""
    from django.utils.translation.template import templatize

    found = set()
    for name, arguments in _CALL.findall(templatize(source, origin=place)):
        call = ast.parse(f"f({arguments})", mode="eval").body
        message = _message(name, call.args, place)  # type: ignore[attr-defined]
        if message:
            # Django's reader doubles the percent signs of blocks; `{% translate %}` looks up the plain text.
            found.add(message)
    return found


def sources() -> Iterator[tuple[Path, Path]]:
    """Yield each file that may hold messages, with the .po it belongs to."""
    for app in sorted((ROOT / "fenjin").iterdir()):
        for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
            if "tests" not in path.parts and path.name != "testing.py":
                yield path, app / LOCALE
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path, ROOT / LOCALE


def messages_of(path: Path) -> set[Message]:
    """Return the messages of one file."""
    read = python_messages if path.suffix == ".py" else template_messages
    return read(path.read_text(), str(path.relative_to(ROOT)))


def needed() -> dict[Path, set[Message]]:
    """Return what each .po must hold."""
    found: dict[Path, set[Message]] = defaultdict(set)
    for path, catalogue in sources():
        found[catalogue] |= messages_of(path)
    return {catalogue: messages for catalogue, messages in found.items() if messages}


def entry_faults(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with one translation: empty, fuzzy, or with other placeholders."""
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(translations):
        return ["not translated"]
    if entry.fuzzy:
        return ["fuzzy"]
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    return [f"placeholders {placeholders(text)} for {wanted}" for text in translations if placeholders(text) != wanted]


def placeholders(text: str) -> list[str]:
    """Return what is filled in when the sentence is shown, in alphabetical order."""
    named = re.findall(r"%\((\w+)\)[sdif]", text) + re.findall(r"(?<!%)%[sdif]\b", text)
    return sorted(named + re.findall(r"\{(\w*)\}", text))


def faults(messages: set[Message], catalogues: list[polib.POFile]) -> dict[str, list[str]]:
    """Return the messages that no catalogue holds, or holds wrongly."""
    wrong = {}
    for message in sorted(messages):
        entries = [found for catalogue in catalogues if (found := _find(catalogue, message))]
        if not entries:
            wrong[message.text] = ["missing"]
        elif problems := entry_faults(entries[0]):
            wrong[message.text] = problems
    return wrong


def _find(catalogue: polib.POFile, message: Message) -> polib.POEntry | None:
    for entry in catalogue:
        same_plural = not message.plural or entry.msgid_plural == message.plural
        if entry.msgid == message.text and (entry.msgctxt or "") == message.context and same_plural:
            return None if entry.obsolete else entry
    return None


def catalogue_at(path: Path) -> polib.POFile:
    """Return the .po at a path, or a new empty one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = dict(HEADER)
    return fresh


def shared() -> list[polib.POFile]:
    """Return the catalogues whose words every app may use: the skin's and the kit's."""
    return [catalogue_at(ROOT / LOCALE), catalogue_at(ROOT / "fenjin" / "kit" / LOCALE)]


def all_faults() -> dict[str, dict[str, list[str]]]:
    """Return, for each .po by its path in the project, what is missing or wrong."""
    common = shared()
    found = {
        str(path.relative_to(ROOT)): faults(messages, [catalogue_at(path), *common])
        for path, messages in sorted(needed().items())
    }
    return {path: wrong for path, wrong in found.items() if wrong}


def write() -> int:
    """Add every missing msgid, untranslated, to its .po; return how many were added."""
    common, added = shared(), 0
    for path, messages in sorted(needed().items()):
        catalogue = catalogue_at(path)
        missing = [m for m in sorted(messages) if not any(_find(held, m) for held in [catalogue, *common])]
        for message in missing:
            plural = {"msgid_plural": message.plural, "msgstr_plural": {0: ""}} if message.plural else {}
            context = {"msgctxt": message.context} if message.context else {}
            catalogue.append(polib.POEntry(msgid=message.text, **plural, **context))
        if missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
        added += len(missing)
    return added


def main() -> int:
    """Say what is missing or wrong; with --write, first add what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "--write" in sys.argv[1:]:
        print(f"{write()} messages added")
    wrong = all_faults()
    for path, messages in wrong.items():
        print(path)
        for text, problems in messages.items():
            print(f"  {'; '.join(problems)}: {text!r}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
