"""The articles of the demo, published through the newsroom's own services."""

import uuid
from datetime import datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from config.demo_company import drawings
from config.demo_company.notices import NOTICES
from config.demo_company.places import PLACES
from config.demo_company.policy import EXPLAINED
from config.demo_company.stories import STORIES, Part, Story
from config.demo_company.threads import make_columns, tie
from config.demo_company.winter import WINTER_LESSONS
from fenjin.kit import clock
from fenjin.kit.scope import GROUP_SPACE
from fenjin.media.services import add_picture
from fenjin.newsroom.models import Article
from fenjin.newsroom.services import publish_article
from fenjin.spaces.models import Space


def everything() -> tuple[Story, ...]:
    """Return every article of the demo."""
    return (*STORIES, *NOTICES, *WINTER_LESSONS, *EXPLAINED, *PLACES)


def publish_all(editor: Any, space_editor: Any) -> dict[str, Article]:
    """Publish every story and return the articles by key; older ones first, as they happened."""
    spaces = dict(Space.objects.values_list("name", "pk"))
    columns = make_columns(editor)
    made = {}
    for story in sorted(everything(), key=lambda story: -story.days_ago):
        space = spaces[story.space] if story.space else GROUP_SPACE
        actor = space_editor if story.recipients_only else editor
        column = columns[story.column] if story.column and space == GROUP_SPACE else None
        made[story.key] = _publish(story, space, actor, column)
    tie(editor, made)
    return made


def _publish(story: Story, space_id: int, actor: Any, column: Any) -> Article:
    moment = _office_hours(clock.now() - timedelta(days=story.days_ago), story.key)
    picture = None
    if story.picture:
        picture = add_picture(
            actor=actor,
            space_id=space_id,
            upload=drawings.picture(story.picture),
            title=story.title[:60],
            description=drawings.DESCRIPTIONS[story.picture],
        )
    # A picture that stands in the text is not shown a second time above it.
    cover = None if any(kind == "picture" for kind, _words in story.body) else picture
    article = Article(
        space_id=space_id,
        title=story.title,
        title_en=story.title_en,
        lead=story.lead,
        lead_en=story.lead_en,
        cover=cover,
        cover_space=space_id if cover else None,
        body=_body(story.body, picture),
        body_en=_body(story.body_en, picture),
        tags=[story.tag],
        source=story.source,
        column=column,
        author_id=actor.pk,
        first_published_at=moment,
    )
    article.save()
    readers = Article.Readers.RECIPIENTS if story.recipients_only else Article.Readers.EVERYBODY
    with clock.pretend(moment):
        published = publish_article(actor=actor, article=article, readers=readers)
    # The studio's own records go by the machine's clock; what happened then shall not look as of today.
    Article.objects.filter(pk=published.pk).update(last_published_at=moment)
    published.revisions.update(created_at=moment)
    published.last_published_at = moment
    return published


def _office_hours(moment: datetime, key: str) -> datetime:
    """Return a moment of that day, or of the day before, at which somebody sits at a desk."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    minute = sum(map(ord, key)) % 540  # 08:10 … 17:09
    at_work = local.replace(hour=8, minute=10, second=0, microsecond=0) + timedelta(minutes=minute)
    return at_work if at_work <= moment else at_work - timedelta(days=1)


def _body(parts: tuple[Part, ...], picture: Any) -> list[dict[str, Any]]:
    """Return the body as the newsroom stores it."""
    return [
        {"id": str(uuid.uuid4()), "type": kind, "value": _value(kind, value, picture)}
        for kind, value in parts
        if kind != "picture" or picture is not None
    ]


def _value(kind: str, value: Any, picture: Any) -> Any:
    if kind == "text":
        return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in value)
    if kind == "picture":
        return {"picture": picture.pk, "caption": "", "alt": picture.description}
    return value
