"""What coverage is read from beside the ledger's counters: sums, cuts, what was told, who is meant now.

All but what supervisors say is made by jobs out of the ledger, and can be made again at any time.
"""

from django.db import models

from fenjin.delivery.models.ledger import LedgerRow


class Sums(LedgerRow):
    """How many, how many of them opened and confirmed, and how many were told."""

    people = models.IntegerField()
    opened = models.IntegerField()
    confirmed = models.IntegerField()
    told = models.IntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class Rollup(Sums):
    """Sums of a unit with all below it, for units right below a large one: read instead of thousands of counters.

    `parent_id` is the large unit (0: above the roots). A row of the parent itself holds those directly in it.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "parent_id", "unit_id")
    parent_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    deeper = models.BooleanField()  # there are people of the audience further down
    safe = models.IntegerField(default=0, db_default=0)  # of an emergency
    need_help = models.IntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"message {self.message_id}, unit {self.unit_id} below {self.parent_id}: {self.people} people"


class Total(LedgerRow):
    """What a message came to in a unit and below it (`top_id` 0: everywhere), as it was added up for a list at `at`."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "top_id")
    top_id = models.BigIntegerField()
    people = models.IntegerField()
    opened = models.IntegerField()
    confirmed = models.IntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.message_id} below unit {self.top_id} at {self.at}: {self.people} people"


class Watch(LedgerRow):
    """Somebody looks at the coverage of a message, so jobs keep its sums and cuts fresh for a while."""

    pk = models.CompositePrimaryKey("space_id", "message_id")
    watched_until = models.DateTimeField()
    cuts_until = models.DateTimeField(null=True)
    rolled_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)  # of a living audience: when it was asked last who is meant
    cuts_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["watched_until"], name="watch_by_end")]

    def __str__(self) -> str:
        return f"message {self.message_id}, watched until {self.watched_until}"


class Cut(Sums):
    """Sums of those who share a post or a place, of a time since the sending, of those not reached for one reason.

    For the whole audience only.
    """

    class Kind(models.TextChoices):
        POST = "post"
        PLACE = "place"
        TIME = "time"
        REACH = "reach"  # why some are not reached

    pk = models.CompositePrimaryKey("space_id", "message_id", "kind", "position")
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField()
    # A title, the name of a zone, a reason. Empty: the small ones together.
    value = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"message {self.message_id}, {self.kind} {self.value}: {self.people} people"


class LivingCount(Sums):
    """Of a living audience, by unit: receipts stored there, and people meant there now who have none."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"message {self.message_id}, unit {self.unit_id}: {self.people} people"


class Signpost(LedgerRow):
    """Where a living message is looked for: everybody whom it may mean has a post in this unit or below (0: anywhere).

    It is the feed of living messages, as Denominator is of frozen ones.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()
    at = models.DateTimeField()
    must_confirm = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "-at", "-message_id"], name="signpost_feed"),
            models.Index(
                fields=["unit_id", "-at", "-message_id"],
                condition=models.Q(must_confirm=True),
                name="signpost_feed_to_confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.message_id} at unit {self.unit_id}"


class ReadAloud(LedgerRow):
    """A supervisor says: on this day I read the message aloud to so many people of this unit.

    Said by word, so it is never mixed with what people did themselves.
    """

    pk = models.CompositePrimaryKey("space_id", "message_id", "key")
    key = models.CharField(max_length=64)
    unit_id = models.BigIntegerField()
    told_on = models.DateField()
    people = models.PositiveIntegerField()
    named = models.BooleanField()  # who was there is kept in Present
    version = models.PositiveSmallIntegerField()
    account_id = models.BigIntegerField()
    said_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(people__gt=0), name="read_aloud_to_somebody")]
        indexes = [models.Index(fields=["space_id", "message_id", "unit_id"], name="read_aloud_by_unit")]

    def __str__(self) -> str:
        return f"message {self.message_id} read aloud in unit {self.unit_id} to {self.people} people"


class Present(LedgerRow):
    """One person was there when a message was read aloud."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "person_id")
    person_id = models.BigIntegerField()
    key = models.CharField(max_length=64)  # of the ReadAloud

    def __str__(self) -> str:
        return f"person {self.person_id} was told message {self.message_id}"


class Told(LedgerRow):
    """How many people of one unit were told: kept with each reading, in its transaction."""

    pk = models.CompositePrimaryKey("space_id", "message_id", "unit_id")
    unit_id = models.BigIntegerField()
    people = models.IntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(people__gte=0), name="told_sane")]

    def __str__(self) -> str:
        return f"message {self.message_id}, unit {self.unit_id}: {self.people} told"
