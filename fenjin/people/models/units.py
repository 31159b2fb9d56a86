"""The organisation tree, the posts in it, and the dated history of both."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import PeopleTenantModel
from fenjin.kit.wording import in_english
from fenjin.people.models.persons import Person


class Unit(PeopleTenantModel):
    """A company, department or team. `parent` is the truth; path and positions are derived from it.

    `path` holds the ids from the root down to the unit itself. `lft`..`rgt` are positions with wide
    gaps: the subtree of a unit is what lies between its two. All are written by services.tree alone,
    and so is `space`: the nearest space root at or above the unit.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    path = ArrayField(models.BigIntegerField(), default=list)
    lft = models.BigIntegerField()
    rgt = models.BigIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)  # 0: the root
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    zone = models.CharField(max_length=40, blank=True, default="", db_default="")  # IANA name; empty: as above

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(lft__lt=models.F("rgt")), name="unit_interval"),
            models.CheckConstraint(condition=~models.Q(name=""), name="unit_has_name"),
            models.UniqueConstraint(
                fields=["parent", "name"], condition=models.Q(closed_on__isnull=True), name="unit_name_among_siblings"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(parent__isnull=True, closed_on__isnull=True),
                name="unit_name_of_roots",
            ),
            models.UniqueConstraint(fields=["space", "id"], name="unit_space_id"),
        ]
        indexes = [
            models.Index(fields=["lft", "rgt"], name="unit_by_position"),
            GinIndex(fields=["path"], name="unit_by_path"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Return the name in the reader's language, where the unit has one in it."""
        return (self.name_en if in_english() else "") or self.name


class UnitEvent(PeopleTenantModel):
    """A dated change of a unit: opened, renamed, moved, closed, reopened, given a zone or to another space.

    The past is read backwards from today: what a unit was on a day is the `old` of its first later
    change of that kind, else what it is now. So events of a unit follow one another by date and id.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Opened")
        RENAMED = "renamed", _("Renamed")
        MOVED = "moved", _("Moved")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Closing taken back")
        ZONE = "zone", _("Given another time zone")
        SPACE = "space", _("Given to another sub-platform")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "on", "id"], name="unit_event_by_date"),
            # Which units lay below another before they were moved away.
            models.Index(
                Cast(KT("old__parent"), models.BigIntegerField()),
                "on",
                condition=models.Q(kind="moved"),
                name="unit_event_moved_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} unit {self.unit_id} {self.kind}"


class Post(PeopleTenantModel):
    """One person's place in one unit for some time; `ended_on` is the first day it no longer holds.

    `pos` copies the unit's `lft`, so that counting a subtree is one range over one index.
    """

    # The database holds unit and space through one composite key (post_unit_same_space), and looks both up through
    # the wider indexes below: a second key and a second index would be paid for with each row of a large roster.
    space = models.ForeignKey(
        "spaces.Space", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", db_index=False, db_constraint=False)
    title = models.CharField(max_length=120, blank=True)
    main = models.BooleanField(default=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    pos = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(main=True, ended_on__isnull=True), name="post_one_main"
            ),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=models.Q(ended_on__isnull=True), name="post_once_a_unit"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
                name="post_dates",
            ),
            models.UniqueConstraint(fields=["space", "id"], name="post_space_id"),
        ]
        indexes = [
            models.Index(
                fields=["pos", "person"], condition=models.Q(ended_on__isnull=True), name="post_current_by_position"
            ),
            # The few posts beside a main one: counting an audience looks for them alone.
            models.Index(
                fields=["pos"], condition=models.Q(ended_on__isnull=True, main=False), name="post_current_beside"
            ),
            models.Index(fields=["person", "-started_on"], name="post_by_person"),
            models.Index(fields=["unit", "started_on", "ended_on"], name="post_by_unit_and_date"),
            # What was written down since a sending: rows lie in the order of time, so this index is next to nothing.
            BrinIndex(fields=["created_at"], pages_per_range=32, autosummarize=True, name="post_by_writing"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} in unit {self.unit_id}"


class PostEvent(PeopleTenantModel):
    """A dated change of a post: begun, ended, retitled, or made the main one."""

    class Kind(models.TextChoices):
        BEGUN = "begun", _("Begun")
        ENDED = "ended", _("Ended")
        REOPENED = "reopened", _("Ending taken back")
        RETITLED = "retitled", _("Given another title")
        MAIN = "main", _("Made the main post")

    # One composite key for both (post_event_same_space), as in Post.
    space = models.ForeignKey("spaces.Space", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="events", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["post", "on", "id"], name="post_event_by_date"),
            BrinIndex(fields=["created_at"], pages_per_range=32, autosummarize=True, name="post_event_by_writing"),
        ]

    def __str__(self) -> str:
        return f"{self.on} post {self.post_id} {self.kind}"
