"""Articles for everybody's tests."""

import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE, Reason, every_space
from fenjin.newsroom import services
from fenjin.newsroom.models import (
    Answer,
    Article,
    Column,
    Comment,
    Release,
    ReleaseRule,
    ReleaseStep,
    RuleStep,
    Series,
    Term,
)
from fenjin.newsroom.services import publish_article
from fenjin.people.testing import make_account, make_person
from fenjin.spaces.testing import give_role, with_rights

_numbers = count(1)


def make_editor(*spaces: int, name: str = "李编辑") -> Any:
    """Return the account of an editor of these spaces, with the membership that a request would load."""
    account = make_account(make_person(name))
    for space_id in spaces:
        give_role(account.person, "editor", space_id=space_id)
    return with_rights(account)


def part(kind: str, value: Any) -> dict[str, Any]:
    """Return one part of a body as it is stored; the kinds and their values stand in `blocks`."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make_article(
    *,
    title: str = "",
    space_id: int = GROUP_SPACE,
    publish: bool = True,
    recipients_only: bool = False,
    body: list[dict[str, Any]] | None = None,
    actor: Any = None,
    **fields: Any,
) -> Article:
    """Return an article of a space: published unless `publish=False`, for everybody unless `recipients_only`."""
    readers = Article.Readers.RECIPIENTS if recipients_only else Article.Readers.EVERYBODY
    with every_space(Reason.TEST):
        article = Article(
            space_id=space_id,
            title=title or f"文章{next(_numbers)}",
            body=body if body is not None else [part("text", "<p>今天起，先断电，再处置。</p>")],
            readers=readers,
            author=actor,
            **fields,
        )
        article.full_clean()
        article.save()
        if publish:
            return publish_article(actor=actor, article=article)
        article.save_revision(user=actor, log_action=False)
    return article


def make_series(*articles: Article, title: str = "", state: str = "open", actor: Any = None, **fields: Any) -> Series:
    """Return a series (or with `kind="topic"` a topic) of these articles, shown to readers."""
    kind = fields.pop("kind", Series.Kind.SERIES)
    space_id = fields.pop("space_id", articles[0].space_id if articles else GROUP_SPACE)
    with every_space(Reason.TEST):
        made = services.make_series(
            actor=actor, space_id=space_id, kind=kind, title=title or f"系列{next(_numbers)}", **fields
        )
        for article in articles:
            services.add_part(actor=actor, series=made, article_id=article.pk)
        return services.set_state(actor=actor, series=made, state=state) if state != "draft" else made


def make_answer(*, space_id: int = GROUP_SPACE, question: str = "", actor: Any = None, **fields: Any) -> Answer:
    """Return an answer in force."""
    words = {"text": "先断电。", "owner": "安全监督部"} | fields
    question = question or f"问题{next(_numbers)}？"
    with every_space(Reason.TEST):
        return services.write_answer(actor=actor, space_id=space_id, question=question, **words)


def make_term(*, space_id: int = GROUP_SPACE, word: str = "", actor: Any = None, **fields: Any) -> Term:
    """Return a word of the glossary."""
    words = {"meaning": "一种作业。"} | fields
    with every_space(Reason.TEST):
        return services.write_term(actor=actor, space_id=space_id, word=word or f"名词{next(_numbers)}", **words)


def make_column(*, space_id: int = GROUP_SPACE, name: str = "", actor: Any = None) -> Column:
    """Return a column."""
    with every_space(Reason.TEST):
        return services.add_column(actor=actor, space_id=space_id, name=name or f"栏目{next(_numbers)}")


def make_rule(space_id: int, *steps: Any, secrecy: bool = False, apart: bool = True) -> ReleaseRule:
    """Set the rule of a space: each step a role, or a person."""
    with every_space(Reason.TEST):
        rule = ReleaseRule.objects.create(space_id=space_id, secrecy=secrecy, apart=apart, set_at=clock.now())
        for number, step in enumerate(steps, start=1):
            named = {"role": step} if isinstance(step, str) else {"person": step}
            RuleStep.objects.create(space_id=space_id, rule=rule, number=number, **named)
    return rule


def a_step(article: Article) -> ReleaseStep:
    """Return the open step of a release of the article's newest version, made if there is none."""
    with every_space(Reason.TEST):
        step = ReleaseStep.objects.filter(release__article=article, current=True).first()
        if step is not None:
            return step
        release = Release.objects.create(
            space_id=article.space_id,
            article=article,
            revision=article.latest_revision_id,
            sha256="",
            secrecy=False,
            apart=True,
            started_at=clock.now(),
        )
        return ReleaseStep.objects.create(
            space_id=article.space_id, release=release, number=1, role="editor", current=True
        )


def make_comment(article: Article, person: Any, *, text: str = "写得好", key: str = "") -> Comment:
    """Return a comment of somebody, shown unless a word of the list is in it."""
    with every_space(Reason.TEST):
        return services.write_comment(
            person_id=person.pk, article=article, text=text, client_key=key or f"comment-{next(_numbers)}"
        )


def _comment(world: Any) -> dict[str, Any]:
    made = make_comment(world.article, world.person, text=world.article.title)
    return {"pk": world.article.pk, "comment_id": made.comment_id}


def _put_away(world: Any) -> dict[str, Any]:
    with every_space(Reason.TEST):
        term = make_term(space_id=world.space.pk)
        return {"pk": services.put_term_away(actor=None, term=term).pk}


DESKS_WITHOUT_ARGUMENTS = ("series_all", "series_new", "columns", "terms", "term_new", "answers", "answer_new")
SERIES_DESKS = ("series_edit", "series_part", "series_state", "series_delete")
SAMPLE_URLS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "newsroom:list": lambda world: {},
    "newsroom:article": lambda world: {"pk": world.article.pk},
    "newsroom:like": lambda world: {"pk": world.article.pk},
    "newsroom:comments": lambda world: {"pk": world.article.pk},
    "newsroom:comment_take_back": _comment,
    "newsroom:comment_report": _comment,
    "newsroom:series_list": lambda world: {},
    "newsroom:series": lambda world: {"pk": world.series.pk},
    "newsroom:series_forget": lambda world: {"pk": world.series.pk},
    "newsroom:answers": lambda world: {},
    "newsroom:answer": lambda world: {"pk": world.answer.pk},
    "newsroom:review": lambda world: {"uid": a_step(world.article).uid},
    "newsroom:name": lambda world: {"uid": "00000000-0000-0000-0000-000000000000"},
    "newsroom_desk:release": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:release_compare": lambda world: {
        "article_id": world.article.pk,
        "before": world.article.latest_revision_id,
        "after": world.article.latest_revision_id,
    },
    "newsroom_desk:release_send": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:release_stop": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:release_unplan": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:release_look": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:release_undo": lambda world: {"article_id": world.article.pk, "entry_id": 1},
    "newsroom_desk:release_judge": lambda world: {"step_id": a_step(world.article).pk},
    "newsroom_desk:release_hand": lambda world: {"step_id": a_step(world.article).pk},
    "newsroom_desk:rule": lambda world: {"space_id": world.space.pk},
    "newsroom_desk:name_end": lambda world: {"delegation_id": 987654},
    **{f"newsroom_desk:{name}": lambda world: {} for name in DESKS_WITHOUT_ARGUMENTS},
    **{f"newsroom_desk:{name}": lambda world: {"pk": world.series.pk} for name in SERIES_DESKS},
    "newsroom_desk:bring_back": _put_away,
    "newsroom_desk:column_edit": lambda world: {"pk": world.column.pk},
    "newsroom_desk:column_move": lambda world: {"pk": world.column.pk},
    "newsroom_desk:term": lambda world: {"pk": world.term.pk},
    "newsroom_desk:term_delete": lambda world: {"pk": world.term.pk},
    "newsroom_desk:answer": lambda world: {"pk": world.answer.pk},
    "newsroom_desk:shapes": lambda world: {"article_id": world.article.pk},
    "newsroom_desk:shape": lambda world: {"article_id": world.article.pk, "what": "card"},
    "newsroom:card": lambda world: {"pk": world.article.pk},
    "newsroom:card_picture": lambda world: {"pk": world.article.pk},
    "newsroom:poster": lambda world: {"pk": world.article.pk},
    "newsroom:poster_file": lambda world: {"pk": world.article.pk},
    "newsroom:poster_picture": lambda world: {"pk": world.article.pk},
}
