"""A question and what it is about. What it says stands in its versions."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel


class KindChoice(models.TextChoices):
    """The six kinds, with the words that people read; the values are those of `kinds.Kind`."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    FILL = "fill", _("Fill in")
    ORDERING = "ordering", _("Put in order")
    MATCHING = "matching", _("Match")


class Difficulty(models.IntegerChoices):
    """How hard somebody thinks it is, until answers say so."""

    EASY = 1, _("Easy")
    MEDIUM = 2, _("Medium")
    HARD = 3, _("Hard")


class State(models.TextChoices):
    """Where a question stands. Only a ready one may be asked."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    READY = "ready", _("May be asked")
    RETIRED = "retired", _("Retired")


class Topic(TenantModel):
    """What questions are about (知识点), in the order in which the bank lists it."""

    name = models.CharField(_("name"), max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="quiz_topic_space_id"),
            models.UniqueConstraint(fields=["space", "name"], name="quiz_topic_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="quiz_topic_has_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Question(TenantModel):
    """One question of a bank. `current` is the approved version that is asked, `newest` the one worked on.

    `wording_hash` and `shingles` are made from the newest version's words: equal ones are the same question,
    and near ones share most of their shingles.
    """

    kind = models.CharField(max_length=10, choices=KindChoice)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="questions")
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty, default=Difficulty.MEDIUM)
    tags = ArrayField(models.CharField(max_length=12), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    current = models.ForeignKey("quiz.QuestionVersion", on_delete=models.PROTECT, null=True, related_name="+")
    newest = models.ForeignKey("quiz.QuestionVersion", on_delete=models.PROTECT, null=True, related_name="+")
    wording_hash = models.CharField(max_length=64, editable=False)
    shingles = ArrayField(models.IntegerField(), default=list, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="question_space_id"),
            models.CheckConstraint(condition=models.Q(kind__in=KindChoice.values), name="question_of_a_kind"),
            models.CheckConstraint(condition=models.Q(difficulty__range=(1, 3)), name="question_difficulty_1_to_3"),
            models.CheckConstraint(
                condition=models.Q(state="retired")
                | models.Q(state="ready", current__isnull=False)
                | models.Q(state__in=["draft", "in_review"], current__isnull=True),
                name="question_ready_is_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-updated_at", "-id"], name="question_by_time"),
            models.Index(fields=["space", "wording_hash"], name="question_by_wording"),
            GinIndex(fields=["shingles"], name="question_by_shingles"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
