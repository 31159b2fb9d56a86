"""Two sub-platforms, one editor, and a word that must never be seen across the wall."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_picture
from fenjin.newsroom.testing import make_article, make_editor, part
from fenjin.people.testing import make_person, make_unit
from fenjin.spaces.testing import make_space

MARKER = "秘密暗号ZQX"


@dataclass(frozen=True)
class World:
    """What stands on both sides: `mine` is the editor's, `foreign` is not."""

    editor: Any
    mine: dict[str, Any]
    foreign: dict[str, Any]
    numbers: dict[str, Any]  # every foreign number that a URL can name


def build() -> World:
    """Make the two sides. Everything foreign carries the marker."""
    a = make_space("甲平台")
    _far_apart("spaces_space")
    b = make_space(f"乙{MARKER}"[:40])
    editor, other = make_editor(a.pk), make_editor(b.pk, name=f"赵{MARKER}")
    with every_space(Reason.TEST):
        mine = _side(a, editor, "平常")
        _far_apart(*APART[:-1])
        foreign = _side(b, other, MARKER)
        foreign["unit"] = make_unit(f"单位{MARKER}", b.root_unit)
        foreign["person"] = make_person(f"钱{MARKER}", unit=foreign["unit"])
    revision = foreign["article"].latest_revision_id
    numbers = {
        "pk": foreign["article"].pk,
        "object_id": foreign["article"].pk,
        "revision_id": revision,
        "revision_id_a": revision,
        "revision_id_b": revision,
    }
    return World(editor, mine, foreign, numbers)


APART = ("newsroom_article", "media_picture", "people_unit", "people_person", "wagtailcore_revision", "spaces_space")


def _far_apart(*tables: str) -> None:
    """Let no foreign number be that of an own row of another kind: /edit/7/ must mean one thing."""
    with connection.cursor() as cursor:
        for table in tables:
            steps = 1_000 * (1 + APART.index(table))
            sequence = "nextval(pg_get_serial_sequence(%s, 'id'))"
            cursor.execute(f"SELECT max({sequence}) FROM generate_series(1, %s)", [table, steps])


def _side(space: Any, editor: Any, word: str) -> dict[str, Any]:
    picture = make_picture(space_id=space.pk, title=f"图{word}", description=f"画面{word}", actor=editor)
    body = [
        part("text", f"<p>正文{word}</p>"),
        part("picture", {"picture": picture.pk, "caption": word, "alt": word}),
    ]
    fields = {"space_id": space.pk, "actor": editor, "body": body, "cover": picture, "lead": f"导语{word}"}
    article = make_article(title=f"已发布{word}", tags=[f"标{word}"[:12]], source=f"出处{word}", **fields)
    draft = make_article(title=f"草稿{word}", publish=False, **fields)
    private = make_article(title=f"仅收件{word}", recipients_only=True, **fields)
    return {"space": space, "picture": picture, "article": article, "draft": draft, "private": private}


def snapshot(world: World) -> dict[str, list[Any]]:
    """Return every row of content, without what a visit of one's own rows may change."""
    tables = {
        "newsroom_article": "to_jsonb(t)",
        "newsroom_pictureuse": "to_jsonb(t)",
        "media_picture": "to_jsonb(t)",
        "search_searchentry": "to_jsonb(t) - 'vector'",
        "wagtailcore_revision": "to_jsonb(t)",
        "people_unit": "to_jsonb(t)",
        "people_post": "to_jsonb(t)",
        "delivery_message": "to_jsonb(t)",
    }
    space = world.foreign["space"].pk
    kept = {}
    with connection.cursor() as cursor:
        for table, what in tables.items():
            cursor.execute(f"SELECT {what} FROM {table} t ORDER BY t.id")
            rows = [row for (row,) in cursor.fetchall()]
            kept[table] = [row for row in rows if f'"space_id": {space},' in row or MARKER in row]
    return kept


def links_across(world: World) -> list[str]:
    """Return what of the editor's own rows points to the other side."""
    picture, space = world.foreign["picture"].pk, world.mine["space"].pk
    questions = {
        "a cover": "SELECT id FROM newsroom_article WHERE space_id = %s AND cover_id = %s",
        "a picture in use": "SELECT id FROM newsroom_pictureuse WHERE space_id = %s AND picture_id = %s",
    }
    found = []
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question, [space, picture])
            found += [f"{name}: row {pk}" for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT id, content::text FROM wagtailcore_revision")
        for pk, content in cursor.fetchall():
            mine = f'"space": {space},' in content
            if mine and (f'"cover": {picture},' in content or f'\\"picture\\": {picture},' in content):
                found.append(f"a version: row {pk}")
    return found
