"""What one person and the sender's desk say to each other about a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenjin.delivery.models.messages import Message
from fenjin.kit.models import TenantModel

LONGEST_REMARK = 2_000


class Conversation(TenantModel):
    """One person's questions about one message, and the answers of the desk that sent it.

    `unseen`: the desk said something that the person has not looked at yet.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("conversation", "Waiting")
        ANSWERED = "answered", pgettext_lazy("conversation", "Answered")
        CLOSED = "closed", pgettext_lazy("conversation", "Closed")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    assigned_to = models.ForeignKey("people.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    waiting_since = models.DateTimeField()  # of the first thing said that the desk has not answered
    last_at = models.DateTimeField()
    unseen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="conversation_space_id"),
            models.UniqueConstraint(fields=["message", "person"], name="conversation_once"),
        ]
        indexes = [
            models.Index(fields=["space", "state", "waiting_since", "id"], name="conversation_queue"),
            models.Index(fields=["person"], condition=models.Q(unseen=True), name="conversation_unseen"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk} about message {self.message_id}"


class Remark(TenantModel):
    """One thing said. `author` is the account of the desk's side; the person's side has none."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey("people.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    by_desk = models.BooleanField()
    text = models.CharField(max_length=LONGEST_REMARK)
    said_at = models.DateTimeField()
    client_key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="remark_space_id"),
            models.UniqueConstraint(fields=["conversation", "by_desk", "client_key"], name="remark_client_key"),
        ]
        indexes = [models.Index(fields=["conversation", "id"], name="remark_order")]

    def __str__(self) -> str:
        return f"remark {self.pk} in conversation {self.conversation_id}"


class ReadyAnswer(TenantModel):
    """An answer that is often given, kept for everybody at the desk of a space."""

    title = models.CharField(pgettext_lazy("ready answer", "Name"), max_length=60)
    text = models.CharField(_("Answer"), max_length=LONGEST_REMARK)
    written_by = models.ForeignKey("people.Account", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="ready_answer_space_id"),
            models.UniqueConstraint(fields=["space", "title"], name="ready_answer_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)
