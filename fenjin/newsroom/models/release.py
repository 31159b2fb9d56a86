"""How an article is released: the rule of a space, one way through it, and the record with names."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel
from fenjin.newsroom.models.article import Article

ACCOUNT = settings.AUTH_USER_MODEL


class StepRole(models.TextChoices):
    """Whose business a step can be, when it is nobody's by name."""

    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")


class ReleaseRule(TenantModel):
    """Through how many hands an article of a space goes. Without a row an editor publishes alone.

    `apart`: nobody takes two steps, and nobody judges the own text. `secrecy`: whoever takes the last
    step says that the text holds nothing secret, also where the search for marks finds nothing.
    """

    secrecy = models.BooleanField(default=True)
    apart = models.BooleanField(default=True)
    set_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space"], name="release_rule_of_space"),
            models.UniqueConstraint(fields=["space", "id"], name="release_rule_space_id"),
        ]

    def __str__(self) -> str:
        return f"release rule of space {self.space_id}"


class RuleStep(TenantModel):
    """One step of a rule: of everybody who holds a role, or of one person by name."""

    rule = models.ForeignKey(ReleaseRule, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=StepRole, blank=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_step_once"),
            models.CheckConstraint(
                condition=models.Q(role="", person__isnull=False)
                | (~models.Q(role="") & models.Q(person__isnull=True)),
                name="rule_step_role_or_person",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of rule {self.rule_id}"


class Release(TenantModel):
    """One version of an article on its way through the steps, as the rule stood when it was sent."""

    class State(models.TextChoices):
        OPEN = "open", _("Under review")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        CANCELLED = "cancelled", _("Taken back")
        PUBLISHED = "published", _("Published")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="releases")
    revision = models.BigIntegerField()  # of Wagtail; this very version is judged and published
    sha256 = models.CharField(max_length=64)  # of its content
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    secrecy = models.BooleanField()
    apart = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="release_space_id"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(state__in=["open", "approved"]), name="release_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["space", "state"], name="release_by_state")]

    def __str__(self) -> str:
        return f"release of article {self.article_id}, version {self.revision}"


class ReleaseStep(TenantModel):
    """One step of a release: who may take it, and who took it.

    A step with a person is taken on a phone, at an address made from `uid` that serves once.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=StepRole, blank=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    current = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    words = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="release_step_once"),
            models.UniqueConstraint(
                fields=["release"], condition=models.Q(current=True), name="release_one_current_step"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="", decided_at__isnull=True)
                | (~models.Q(verdict="") & models.Q(decided_at__isnull=False)),
                name="release_step_verdict_with_time",
            ),
            models.CheckConstraint(
                condition=models.Q(current=False) | models.Q(verdict=""), name="release_step_current_is_open"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(current=True), name="release_step_waiting_person")
        ]

    def __str__(self) -> str:
        return f"step {self.number} of release {self.release_id}"


class ReleaseEntry(TenantModel):
    """One line of the release record: who did what to which version. Written once, never changed.

    `name` is the name as it was then. `before` is the version that stood in public before the act:
    taking the act back brings it up again.
    """

    class Act(models.TextChoices):
        SENT = "sent", _("Sent for review")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Sent back")
        CANCELLED = "cancelled", _("Taken back by the author")
        SECRECY = "secrecy", _("Checked for secrets")
        SCHEDULED = "scheduled", _("Planned")
        UNSCHEDULED = "unscheduled", _("Plan dropped")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Ended by its date")
        UNDONE = "undone", _("Undone")
        CHECKED = "checked", _("Found to be still right")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="release_entries")
    act = models.CharField(max_length=12, choices=Act)
    account = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=300, blank=True)
    revision = models.BigIntegerField(null=True)
    before = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["article", "-at", "-id"], name="release_entry_by_article")]

    def __str__(self) -> str:
        return f"{self.act}: article {self.article_id}"


class Correction(TenantModel):
    """What readers are told was wrong before; it stands on the page for good."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    words = models.CharField(max_length=200)
    words_en = models.CharField(max_length=400, blank=True)
    revision = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["article", "-at"], name="correction_by_article")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="correction_has_words"),
        ]

    def __str__(self) -> str:
        return f"correction of article {self.article_id}"


class Delegation(TenantModel):
    """An assistant may publish in a leader's name, in one space, until a day; the leader agreed to it."""

    leader = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    assistant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ends_on = models.DateField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "leader", "assistant"],
                condition=models.Q(ended_at__isnull=True),
                name="delegation_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(leader=models.F("assistant")), name="delegation_between_two_people"
            ),
        ]
        indexes = [models.Index(fields=["leader"], name="delegation_by_leader")]

    def __str__(self) -> str:
        return f"person {self.assistant_id} for person {self.leader_id}"
