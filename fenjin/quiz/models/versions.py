"""What a question says, version by version. An approved version is never changed: the database refuses it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel
from fenjin.quiz import kinds
from fenjin.quiz.models.questions import Question

ACCOUNT = settings.AUTH_USER_MODEL


class QuestionVersion(TenantModel):
    """One version of a question. What everybody may see (`content`) and what is right (`key`) stand apart.

    `note` is for whoever looks at it; `verdict` is what that one said when it was sent back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        RETURNED = "returned", _("Sent back")
        APPROVED = "approved", _("Approved")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    content = models.JSONField()
    key = models.JSONField()
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    source_words = models.CharField(_("source"), max_length=300, blank=True)
    source_link = models.CharField(_("address of the source"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    verdict = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="question_version_space_id"),
            models.UniqueConstraint(fields=["question", "id"], name="question_version_of_question"),
            models.UniqueConstraint(fields=["question", "number"], name="question_version_once"),
            models.CheckConstraint(
                condition=models.Q(judged_at__isnull=True) | models.Q(state__in=["returned", "approved"]),
                name="question_version_judged",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "in_review"]) | models.Q(judged_at__isnull=False),
                name="question_version_verdict_with_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(verdict=""), name="question_version_returned_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved", judged_by=models.F("made_by")),
                name="question_version_two_people",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "sent_at"], condition=models.Q(state="in_review"), name="version_to_review")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of question {self.question_id}"

    @property
    def whole(self) -> kinds.Content:
        """Return the question with what is right: for the studio and for marking, never for a page that asks."""
        return kinds.from_json({"content": self.content, "key": self.key})

    @property
    def stem(self) -> str:
        """Return the words of the question."""
        return str(self.content["stem"]["text"])


class VersionPicture(TenantModel):
    """A version shows a picture of the own space or of the group; written with the version."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, related_name="+")
    picture_space = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "picture"], name="version_picture_once"),
            models.CheckConstraint(
                condition=models.Q(picture_space=models.F("space_id")) | models.Q(picture_space=1),
                name="version_picture_space",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} shows picture {self.picture_id}"
