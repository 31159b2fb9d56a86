"""A message and its versions."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import MD5, Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenjin.delivery.naming import LEGAL, LONGEST_REASON, NAMED_FOR, SAFETY
from fenjin.delivery.timing import Timetable, read_pauses
from fenjin.kit.models import MadeAt, TenantModel


class Message(TenantModel):
    """Something sent to an audience.

    The audience of a frozen message is one roaring bitmap of person ids, taken from the posts that
    stood at `frozen_at`; with the denominators of the ledger it never changes again. That of a living one
    is its rule within `reach`, asked of each person who comes: no bitmap, and `head_count` is of the sending.
    """

    class Importance(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary")
        CONFIRM = "confirm", _("Please confirm")
        EMERGENCY = "emergency", pgettext_lazy("importance", "Emergency")

    class AudienceMode(models.TextChoices):
        FROZEN = "frozen", _("As of sending")
        LIVING = "living", _("Whoever fits, from now on")

    class ConfirmBy(models.TextChoices):
        """What a reader does to confirm."""

        BUTTON = "button", _("Press a button")
        WRITTEN = "written", _("Answer in writing")
        PHOTO = "photo", _("Answer with a photograph")
        QUESTION = "question", _("Answer one question about it")

    class ReasonKind(models.TextChoices):
        """Why those are named, each to the administrator of the own unit, who have not confirmed (`naming`)."""

        SAFETY = SAFETY, _("For a safety reason")
        LEGAL = LEGAL, _("For a legal reason")

    class State(models.TextChoices):
        """Planned → sending ↔ paused → sent; stopped before the end: cancelled; taken back: withdrawn.

        Only a planned message can change its audience: it is frozen when the sending begins.
        """

        PLANNED = "planned", _("Planned")
        SENDING = "sending", _("Being sent")
        PAUSED = "paused", _("Paused")
        CANCELLED = "cancelled", pgettext_lazy("message", "Stopped")
        SENT = "sent", _("Sent out")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("To everybody at once")
        WAVES = "waves", _("In waves")
        MORNING = "morning", _("In each reader's own morning")

    kind = models.CharField(max_length=30)  # a key of delivery.register
    content_id = models.BigIntegerField()
    importance = models.CharField(max_length=10, choices=Importance)
    rule = models.JSONField()
    audience_mode = models.CharField(max_length=10, choices=AudienceMode, default=AudienceMode.FROZEN)
    bitmap = models.BinaryField()
    head_count = models.IntegerField()
    # Person → unit, for the few who do not count under the first of their posts that has a denominator.
    elsewhere = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    # How far a living rule reaches: as the sender did at the sending (`selectors.living`).
    reach = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    state = models.CharField(max_length=10, choices=State)
    frozen_at = models.DateTimeField()
    sent_at = models.DateTimeField()  # when the sending began, or is planned to begin
    sender = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    client_key = models.CharField(max_length=64)
    # A deadline is what the clock on the wall shows, and where: daylight saving must not move it.
    due_on = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    due_zone = models.CharField(max_length=40, blank=True)
    current_version = models.PositiveSmallIntegerField(default=1)
    confirm_from = models.PositiveSmallIntegerField(default=1, db_default=1)  # older versions' confirmations are over
    # How readers confirm, and the words of it (`delivery.asking`); ink from the sending on.
    confirm_by = models.CharField(
        max_length=10, choices=ConfirmBy, default=ConfirmBy.BUTTON, db_default=ConfirmBy.BUTTON
    )
    confirm_ask = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    reply_allowed = models.BooleanField(default=False, db_default=False)
    # Why who has not confirmed is named; ink from the press on, and the deadline with it.
    reason_kind = models.CharField(max_length=10, choices=ReasonKind, blank=True, default="", db_default="")
    reason_words = models.CharField(max_length=LONGEST_REASON, blank=True, default="", db_default="")
    # When each reader sees it; `timing.visible_from` is the one reader of these.
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE, db_default=Pace.AT_ONCE)
    wave_minutes = models.PositiveSmallIntegerField(default=0, db_default=0)
    morning_on = models.DateField(null=True)
    pauses = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # [[from, until], …]
    stopped_at = models.DateTimeField(null=True)  # paused or cancelled since
    # Planned, but a second person has to approve first (delivery.Approval); it means nothing in other states.
    awaits_approval = models.BooleanField(default=False, db_default=False)
    rehearsal = models.BooleanField(default=False, db_default=False)  # for a few colleagues; counted nowhere
    # Of an emergency: whether it is a drill, and when it ended with which words.
    drill = models.BooleanField(default=False, db_default=False)
    ended_at = models.DateTimeField(null=True)
    all_clear = models.CharField(max_length=300, blank=True, default="", db_default="")
    reminded_at = models.DateTimeField(null=True)  # when those still open were reminded last
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="message_space_id"),
            models.UniqueConstraint(fields=["sender", "client_key"], name="message_client_key"),
            models.CheckConstraint(condition=models.Q(head_count__gt=0), name="message_has_people"),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True, due_time__isnull=True, due_zone="")
                | models.Q(due_on__isnull=False, due_time__isnull=False) & ~models.Q(due_zone=""),
                name="message_due_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(importance="emergency") | models.Q(drill=False, ended_at__isnull=True),
                name="message_only_emergencies_end",
            ),
            models.CheckConstraint(
                condition=models.Q(current_version__gte=models.F("confirm_from")), name="message_confirm_from_sane"
            ),
            models.CheckConstraint(
                condition=models.Q(pace="morning", morning_on__isnull=False)
                | ~models.Q(pace="morning") & models.Q(morning_on__isnull=True),
                name="message_morning_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(reason_kind="", reason_words="")
                | models.Q(reason_kind__in=[SAFETY, LEGAL], importance="confirm", due_on__isnull=False)
                & ~models.Q(reason_words=""),
                name="message_reason_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-sent_at", "-id"], name="message_by_space_and_time"),
            models.Index(fields=["kind", "content_id", "-sent_at"], name="message_by_content"),
            models.Index(
                fields=["state"], condition=models.Q(state__in=["planned", "sending"]), name="message_under_way"
            ),
            # The last message by the very same rule, of which a rule itself may be too long for an index.
            models.Index(
                models.F("space"),
                MD5(Cast("rule", models.TextField())),
                models.F("sent_at").desc(),
                name="message_by_rule",
            ),
            models.Index(fields=["-sent_at"], condition=models.Q(importance="emergency"), name="message_emergencies"),
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state="withdrawn") | models.Q(current_version__gt=1),
                name="message_changed_since",
            ),
            models.Index(fields=["due_on"], condition=~models.Q(reason_kind=""), name="message_with_reason"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} in space {self.space_id}"

    @property
    def due_at(self) -> datetime | None:
        """Return the instant of the deadline."""
        if self.due_on is None or self.due_time is None:
            return None
        return datetime.combine(self.due_on, self.due_time, ZoneInfo(self.due_zone))

    @property
    def names_until(self) -> datetime | None:
        """Return until when who has not confirmed is named to the own unit's administrator; None: nobody ever is."""
        due = self.due_at if self.reason_kind else None
        return due + NAMED_FOR if due is not None else None

    @property
    def waits(self) -> bool:
        """Tell whether a second person has to approve it before it goes out."""
        return self.state == self.State.PLANNED and self.awaits_approval

    @property
    def dropped(self) -> bool:
        """Tell whether it was stopped while it was only planned: nobody has ever received it."""
        return self.state == self.State.CANCELLED and self.stopped_at is not None and self.stopped_at < self.sent_at

    @property
    def asks_confirmation(self) -> bool:
        """Tell whether readers are asked to confirm."""
        return self.importance == self.Importance.CONFIRM

    @property
    def asks_answer(self) -> bool:
        """Tell whether something is open for a reader who has not answered: a confirmation, or being safe."""
        return self.asks_confirmation or self.is_emergency

    @property
    def is_emergency(self) -> bool:
        """Tell whether readers are asked if they are safe."""
        return self.importance == self.Importance.EMERGENCY

    @property
    def timetable(self) -> Timetable:
        """Return what decides when each reader sees it."""
        return Timetable(
            message_id=self.pk,
            starts_at=self.sent_at,
            pace=self.pace,
            wave_minutes=self.wave_minutes,
            morning_on=self.morning_on,
            pauses=read_pauses(self.pauses),
            stopped_at=self.stopped_at,
        )


class MessageVersion(TenantModel):
    """What readers are shown, word for word. The database refuses to change or delete it.

    `sha256` is of the UTF-8 bytes of `html`.
    """

    created_at = MadeAt()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    lead = models.TextField(blank=True)
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    assets = models.JSONField(default=list)
    reading_seconds = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True, default="", db_default="")  # what was corrected, for readers
    material = models.BooleanField(default=False, db_default=False)  # earlier confirmations no longer count

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="message_version_once"),
            models.UniqueConstraint(fields=["space", "id"], name="message_version_space_id"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of message {self.message_id}"
