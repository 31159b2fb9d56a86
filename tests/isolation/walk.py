"""The walk: every address of the platform, with every kind of foreign row in its path, query and form."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from fenjin.spaces.register import opened_namespaces
from fenjin.spaces.testing import with_rights
from tests.house.addresses import LEAVING, Address, all_addresses
from tests.house.tables import ledger_models, our_models, tenant_models
from tests.house.world import World
from tests.isolation.world import Sides, about_people
from tests.plugin import PROVE

# Wagtail's places that answer with its own words and signs, the same for everybody who is let in.
NOTHING_OF_ANY_SPACE = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
ABSENT = 999_999_999_999
_NUMBER = re.compile(r"(^|_)(pk|id)(_|$)|revision")


def open_addresses() -> list[Address]:
    """Return every address that can answer somebody who is signed in: our own, and Wagtail's opened places."""
    return [address for address in all_addresses() if address.name not in LEAVING and _can_answer(address)]


# What places of Wagtail's that name no model of their own can be asked for.
LIBRARY_SHOWS = {"newsroom.Article", "media.Picture"}


def spaced_models() -> list[Any]:
    """Return every table whose rows belong to a space."""
    return [*tenant_models(), *ledger_models()]


def _can_answer(address: Address) -> bool:
    if address.rules is not None:
        return True
    return any(address.name.startswith(f"{namespace}:") for namespace in opened_namespaces())


def paths(address: Address, samples: dict[str, Any], rows: dict[Any, Any], *, wide: bool = False) -> dict[str, str]:
    """Return path → how it is put together: for the rows of the samples, and for guessed numbers.

    `samples` say what each sample puts in; `rows` are those whose numbers are guessed; those of the app that the view belongs to, or all when `wide`.
    """
    found: dict[str, str] = {}
    arguments = samples.get(address.name, {})
    if isinstance(arguments, str):
        return {arguments: "sample"}
    if address.rules is not None or not address.arguments:
        with suppress(NoReverseMatch):
            found[reverse(address.name, kwargs=arguments)] = "sample"
    numbers = [name for name in address.arguments if _NUMBER.search(name)]
    for model, row in rows.items():
        if not wide and not _belongs(address, model):
            continue
        for changed in _substitutes(address, arguments, numbers, row):
            with suppress(NoReverseMatch):
                found.setdefault(reverse(address.name, kwargs=changed), model._meta.label)
    return found


@dataclass(frozen=True)
class Question:
    """One address, with the foreign rows and the own rows that are named in its path."""

    address: Address
    foreign: dict[str, str]  # path → what stands in it
    own: dict[str, str]
    misplaced: dict[str, str]  # with the numbers of rows that have no business there; for the one who walks wide


def questions(sides: Sides) -> list[Question]:
    """Return all that is asked."""
    found = []
    for address in open_addresses():
        library = {type(row): row for row in (sides.ours.article, sides.ours.picture) if address.rules is None}
        own = dict.fromkeys(paths(address, sides.arguments["ours"], library), "own row, foreign form")
        foreign = paths(address, sides.arguments["theirs"], sides.rows)
        every = paths(address, sides.arguments["theirs"], sides.rows, wide=True) if PROVE else {}
        misplaced = {path: what for path, what in every.items() if path not in foreign}
        found.append(Question(address, foreign, own, misplaced))
    return found


def _belongs(address: Address, model: Any) -> bool:
    """Tell whether the view of an address deals with rows of this kind."""
    inner = getattr(address.view, "view_class", address.view)
    shown = getattr(address.view, "view_initkwargs", {}).get("model") or getattr(inner, "model", None)
    if address.rules is None and isinstance(shown, type):
        return shown is model
    app = inner.__module__.split(".")[1:2]
    return app == [model._meta.app_label] or (address.rules is None and model._meta.label in LIBRARY_SHOWS)


def _substitutes(address: Address, arguments: dict[str, Any], numbers: list[str], row: Any) -> Iterator[dict[str, Any]]:
    """Yield arguments with the row's number in the place of one number, or of all that no sample fills."""
    number = row.pk if isinstance(row.pk, int) else ABSENT
    revision = getattr(row, "latest_revision_id", None) or number
    values = {name: revision if "revision" in name else number for name in numbers}
    others = {name: arguments.get(name, str(number)) for name in address.arguments}
    if numbers:
        yield others | values
    if len(numbers) > 1 and arguments:
        for name in numbers:
            yield others | {name: values[name]}


def forged(world: World, rows: dict[Any, Any]) -> dict[str, Any]:
    """Return a form that names a foreign row in every field that a form of ours might have for one."""
    known: dict[str, Any] = {}
    for model, row in rows.items():
        if not isinstance(row.pk, int):
            continue  # a key of several columns: no field of a form names it, and text in it would be echoed
        name = model._meta.model_name
        known |= dict.fromkeys((name, f"{name}_id", f"{name}s", f"to_{name}"), row.pk)
    picture, unit, article = world.picture.pk, world.unit.pk, world.article.pk
    body = [{"type": "picture", "value": {"picture": picture, "caption": "", "alt": ""}, "id": ""}]
    known |= dict.fromkeys(("space", "space_id", "in_space"), world.space.pk)
    known |= dict.fromkeys(("unit", "units", "any", "in", "add", "at", "go"), unit)
    known |= dict.fromkeys(("person", "to", "who", "author", "on_behalf_of"), world.person.pk)
    known |= dict.fromkeys(("cover", "picture", "image", "pictures"), picture)
    return known | {
        "id": article,
        "pk": article,
        "object_id": article,
        "content": f"article:{article}",
        "kind": "article",
        "content_id": article,
        "title": "伪造",
        "text": "伪造",
        "words": "伪造",  # of a message: typed, and no number of a word on a list
        "readers": "everybody",
        "focus": "1-1",
        "body-count": 1,
        "body-0-type": "picture",
        "body-0-order": 0,
        "body-0-deleted": "",
        "body-0-value-picture": picture,
        "body_en-count": 0,
        "body_json": json.dumps(body),
        "q": "SECRET",
    }


def text_of(response: Any) -> str:
    """Return what a response says, also a streamed one, and where it leads; escapes of JSON are read."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":  # a workbook: its words lie in packed parts
        content = _unpacked(content)
    said = content.decode(errors="replace") + response.headers.get("Location", "")
    said += response.headers.get("Content-Disposition", "")
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), said)


def _unpacked(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def ask(client: Client, method: str, path: str, data: dict[str, Any] | str) -> Any:
    """Ask once; what breaks inside the database spoils nothing for the next question.

    A form that is asked with a thousand times comes as text, written once by `typed`.
    """
    with transaction.atomic():
        if isinstance(data, str):
            how = {"QUERY_STRING": data} if method == "get" else {"data": data, "content_type": FORM}
            return getattr(client, method)(path, **how)
        return getattr(client, method)(path, data)


FORM = "application/x-www-form-urlencoded"


def typed(form: dict[str, Any]) -> str:
    """Return a form as a browser sends it."""
    return urlencode(form)


# What differs between two answers to the same question.
_NOISE = re.compile(
    r"""csrf[^\s>]*["'][^"']{20,}["']|csrfmiddlewaretoken"\ value="[^"]*"|nonce="[^"]*"|'nonce-[^']*'
    |[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32,}\b|[\w-]{64}""",
    re.VERBOSE,
)


def plain(response: Any, *numbers: int) -> str:
    """Return status and words of an answer without what differs each time, and without the numbers asked for."""
    said = _NOISE.sub("*", text_of(response))
    for number in numbers:
        said = said.replace(str(number), "#")
    return f"{response.status_code} {said}"


def snapshot(world: World) -> dict[str, list[str]]:
    """Return the rows of a world: those of its space, and those that hang on its person, account or picture."""
    kept = {}
    ids = _hooks(world)
    with connection.cursor() as cursor:
        for model in our_models():
            table, wheres = model._meta.db_table, []
            if model in spaced_models():
                wheres.append(f"t.space_id = {int(world.space.pk)}")
            for field in model._meta.local_concrete_fields:
                target = model if field.primary_key else field.related_model
                if target in ids:
                    wheres.append(f"t.{field.column} IN ({', '.join(map(str, ids[target]))})")
            if table in MOVING or not wheres:
                continue
            cursor.execute(f"SELECT t::text FROM {table} t WHERE {' OR '.join(wheres)} ORDER BY 1")
            kept[table] = [text for (text,) in cursor.fetchall()]
    return kept


# Written by reading: last use of a session, sizes of a picture that are made when somebody first asks for them.
MOVING = {"people_session", "people_attempt", "media_rendition", "audit_auditevent"}


def _hooks(world: World) -> dict[Any, list[int]]:
    return {
        type(world.person): [world.person.pk, world.editor.person_id],
        type(world.account): [world.account.pk, world.editor.pk],
        type(world.space): [world.space.pk],
    }


def numbers_in(path: str) -> list[str]:
    """Return the numbers that stand alone in a path; a part of a UUID that happens to hold figures only is none."""
    return re.findall(r"(?<![\w.-])\d{1,18}(?![\w-])", path)


def crossings(foreign: World, rows: dict[Any, Any]) -> list[str]:
    """Return the rows outside the foreign space that name a foreign row, in a key or anywhere in their text.

    The numbers of foreign rows are set apart, so each stands for one row and for nothing else. People who
    moved and the log of what staff did name both sides on purpose.
    """
    ids = {row.pk for model, row in rows.items() if model._meta.app_label not in PEOPLE_AND_LOG}
    ids = {number for number in ids if isinstance(number, int)} | {foreign.unit.pk, foreign.space.pk}
    numbers = re.compile(rf"(?<![\d.])({'|'.join(map(str, sorted(ids)))})(?![\d.])")
    found = []
    with connection.cursor() as cursor:
        for model in spaced_models():
            if model._meta.app_label in PEOPLE_AND_LOG:
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT t::text FROM {table} t WHERE space_id <> %s", [foreign.space.pk])
            found += [f"{table}: {text[:160]}" for (text,) in cursor.fetchall() if numbers.search(text)]
        cursor.execute("SELECT content::text FROM wagtailcore_revision")
        for (text,) in cursor.fetchall():
            if f'"space": {foreign.space.pk},' not in text and numbers.search(text):
                found.append(f"a version: {text[:160]}")
    return found


def is_about_people(model: Any) -> bool:
    """Tell whether a table is one of people and their rights, which offices and the staff of the group deal with."""
    return model._meta.app_label in PEOPLE_AND_LOG or about_people(model)


PEOPLE_AND_LOG = ("people", "spaces", "audit")


class Asking:
    """A request as far as the rules of views look at it."""

    method = "GET"

    def __init__(self, account: Any) -> None:
        self.user = with_rights(account)
        self.session = type("Session", (), {"row": None})()


def shut(address: Address, asking: Asking) -> bool:
    """Tell whether a rule of the view shuts the address for somebody: then it answers 404 before the view runs.

    That it does is tried in tests/studio/test_offices.py and tests/house/test_addresses.py.
    """
    return any(rule.judge(asking).value == "not found" for rule in address.rules or ())
