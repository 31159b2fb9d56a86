"""Two sub-platforms full of rows, for walks: everything of the first carries a marker."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models.fields import NOT_PROVIDED

from fenjin.delivery import register
from fenjin.delivery.services.talks import keep_ready_answer
from fenjin.delivery.testing import make_conversation, make_message, rule_of, sender
from fenjin.kit.models import TenantModel
from fenjin.kit.scope import Reason, every_space
from fenjin.media.testing import make_file, make_picture
from fenjin.newsroom.testing import make_answer, make_article, make_column, make_series, make_term, part
from fenjin.people.testing import make_account, make_person, make_unit
from fenjin.spaces.testing import make_editor, make_space
from tests.house.tables import tenant_models

MARKER = "SECRET-A"
_SECRET_KIND = "house-secret"


@dataclass
class World:
    """A sub-platform with one row of each kind: what the samples of SAMPLE_URLS are made from."""

    space: Any
    unit: Any
    person: Any
    account: Any  # of an employee of the space
    editor: Any  # holds the editor's role in the space
    picture: Any
    file: Any  # a document of the space
    article: Any
    series: Any
    column: Any
    term: Any
    answer: Any
    message: Any
    conversation: Any
    ready_answer: Any


def make_world(text: str) -> World:
    """Return a new sub-platform whose content carries `text`."""
    with every_space(Reason.TEST):
        space = make_space(f"{text} 平台")
        unit = make_unit(f"{text} 部门", parent=space.root_unit)
        person = make_person(f"{text} 张伟", unit=unit)
        account = make_account(person)
        editor = make_editor(space, name=f"{text} 编辑")
        picture = make_picture(space_id=space.pk, title=f"{text} picture", actor=editor)
        file = make_file(space_id=space.pk, title=f"{text} file", actor=editor)
        article = make_article(
            title=f"{text} title",
            lead=f"{text} lead",
            source=text,
            space_id=space.pk,
            cover=picture,
            body=[part("text", f"<p>{text} body</p>"), part("heading", f"{text} heading")],
            actor=editor,
        )
        series = make_series(article, title=f"{text} series", lead=text, actor=editor)
        column = make_column(space_id=space.pk, name="栏目", actor=editor)
        term = make_term(space_id=space.pk, word=f"{text} word", meaning=f"{text} meaning", actor=editor)
        answer = make_answer(space_id=space.pk, question=f"{text} question", article_id=article.pk, actor=editor)
        message = make_message(
            unit,
            actor=sender(space_id=space.pk),
            space_id=space.pk,
            kind=_secret_kind(text),
            rule=rule_of(unit),
        )
        conversation = make_conversation(message, person.pk, f"{text} question")
        ready = keep_ready_answer(actor=editor, space_id=space.pk, title=f"{text} ready", text=f"{text} ready answer")
    content = (picture, file, article, series, column, term, answer, message, conversation, ready)
    return World(space, unit, person, account, editor, *content)


def _secret_kind(text: str) -> str:
    key = f"{_SECRET_KIND}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    if key not in {kind.key for kind in register.kinds()}:
        frozen = register.Frozen(
            f"{text} title", f"{text} lead", f"<p>{text} html</p>", f"{text} text", reading_seconds=9
        )
        register.register_kind(
            register.ContentKind(key, "Note", lambda request: [], lambda pk: frozen, lambda membership, pk: True)
        )
    return key


def mark(space_id: int, marker: str = MARKER, *, among: list[type[TenantModel]] | None = None) -> int:
    """Write the marker into every text column of the space's rows that can hold it; return how many.

    `among`: only in these tables.
    """
    marked = 0
    for model in tenant_models() if among is None else among:
        if _is_record(model):
            continue
        for field in filter(_holds_text, model._meta.local_concrete_fields):
            # A check may want a column empty in such a row, or each value once.
            with suppress(IntegrityError), transaction.atomic():
                marked += model._base_manager.filter(space_id=space_id).update(**{field.name: marker})
    return marked


def _holds_text(field: models.Field[Any, Any]) -> bool:
    plain = type(field) in (models.CharField, models.TextField)
    free = not field.choices and not field.unique and field.default in (NOT_PROVIDED, "") and field.editable
    # Keys of registers and names of zones are not what people write.
    technical = field.name.endswith(("zone", "kind", "key", "sha256", "_hash", "url", "_name"))
    return plain and free and not technical and (field.max_length or 99) >= len(MARKER)


def _is_record(model: type[TenantModel]) -> bool:
    """Tell whether the database refuses to change rows of a model."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [model._meta.db_table]
        )
        (triggers,) = cursor.fetchone()
    return bool(triggers)
