"""What questions are about: topics are added, renamed, moved and, when nothing stands under them, deleted."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from fenjin.audit.services import record
from fenjin.kit.errors import NotFound
from fenjin.quiz.models import Question, Topic
from fenjin.quiz.services.refusals import TopicInUse, TopicTaken


@transaction.atomic
def add_topic(*, actor: Any, space_id: int, name: str) -> Topic:
    """Add a topic behind the others. Raises TopicTaken."""
    if Topic.objects.filter(space=space_id, name=name).exists():
        raise TopicTaken
    last = Topic.objects.filter(space=space_id).aggregate(last=Max("position"))["last"] or 0
    topic = Topic(space_id=space_id, name=name, position=last + 1)
    topic.full_clean()
    topic.save()
    _note(actor, topic, "made")
    return topic


@transaction.atomic
def rename_topic(*, actor: Any, topic: Topic, name: str) -> None:
    """Call a topic otherwise. Raises TopicTaken."""
    if Topic.objects.filter(space=topic.space_id, name=name).exclude(pk=topic.pk).exists():
        raise TopicTaken
    topic.name = name
    topic.full_clean()
    topic.save(update_fields=["name"])
    _note(actor, topic, "changed")


@transaction.atomic
def move_topic(*, actor: Any, topic: Topic, by: int) -> None:
    """Move a topic up (−1) or down (1) in the list. Raises NotFound."""
    rows = list(Topic.objects.select_for_update(of=("self",)).filter(space=topic.space_id).order_by("position", "pk"))
    if topic not in rows:
        raise NotFound
    at = rows.index(topic)
    rows.insert(max(0, min(at + by, len(rows) - 1)), rows.pop(at))
    for position, row in enumerate(rows, start=1):
        Topic.objects.filter(pk=row.pk).update(position=position)
    _note(actor, topic, "moved")


@transaction.atomic
def delete_topic(*, actor: Any, topic: Topic) -> None:
    """Delete a topic under which nothing stands. Raises TopicInUse."""
    if Question.objects.filter(topic=topic.pk).exists():
        raise TopicInUse
    _note(actor, topic, "removed")
    topic.delete()


def _note(actor: Any, topic: Topic, done: str) -> None:
    target = ("quiz_topic", topic.pk)
    record(actor=actor, act="quiz.topic", target=target, space_id=topic.space_id, details={"done": done})
