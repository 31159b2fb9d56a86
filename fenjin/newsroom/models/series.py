"""How articles hang together: columns, series and topics, the words they use, the questions they answer."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import ClosedManager, TenantModel


class Column(TenantModel):
    """A standing part of a space's news, such as 一线故事. An article stands in one at most."""

    name = models.CharField(_("name"), max_length=12)
    name_en = models.CharField(_("name in English"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="column_space_id"),
            models.UniqueConstraint(fields=["space", "name"], name="column_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="column_has_name"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Series(TenantModel):
    """Articles that belong together: a series is read part by part, a topic gathers without an order.

    `planned` is how many parts there will be, as far as somebody knows. A draft is seen in the studio only.
    """

    class Kind(models.TextChoices):
        SERIES = "series", _("Series")
        TOPIC = "topic", _("Topic")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Going on")
        FINISHED = "finished", _("Complete")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SERIES)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=40)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    lead = models.CharField(_("lead"), max_length=160, blank=True)
    lead_en = models.CharField(_("lead in English"), max_length=320, blank=True)
    planned = models.PositiveSmallIntegerField(_("parts planned"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="series_space_id"),
            models.UniqueConstraint(fields=["id", "kind"], name="series_id_kind"),
            models.CheckConstraint(condition=~models.Q(title=""), name="series_has_title"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def ordered(self) -> bool:
        """Tell whether it is read in an order."""
        return self.kind == self.Kind.SERIES


class SeriesPart(TenantModel):
    """An article stands in a series, at a place. `kind` repeats the series', so that the database can say:

    an article is part of one series at most; topics may gather it as often as they like.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=8, choices=Series.Kind)
    article = models.ForeignKey("newsroom.Article", on_delete=models.CASCADE, related_name="series_parts")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "article"], name="series_part_once"),
            models.UniqueConstraint(
                fields=["series", "number"], name="series_part_number", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(kind="series"), name="series_part_of_one_series"
            ),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="series_part_number_positive"),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of series {self.series_id}"


class Term(TenantModel):
    """A word of the trade, and what it means in plain words: shown where an article uses it."""

    word = models.CharField(_("word"), max_length=20)
    aliases = ArrayField(models.CharField(max_length=20), verbose_name=_("also written"), default=list, blank=True)
    meaning = models.CharField(_("what it means"), max_length=160)
    word_en = models.CharField(_("word in English"), max_length=60, blank=True)
    meaning_en = models.CharField(_("what it means, in English"), max_length=320, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "word"], name="term_once"),
            models.CheckConstraint(condition=~models.Q(word="") & ~models.Q(meaning=""), name="term_has_words"),
        ]

    def __str__(self) -> str:
        return str(self.word)


class Answer(TenantModel):
    """The one answer to a question. `norm` is the question without signs and case: one answer in force for each.

    An answer that was replaced stays, for those who kept its address: it points to the new one.
    """

    question = models.CharField(_("question"), max_length=60)
    question_en = models.CharField(_("question in English"), max_length=140, blank=True)
    norm = models.CharField(max_length=60, editable=False)
    wordings = ArrayField(models.CharField(max_length=60), verbose_name=_("also asked as"), default=list, blank=True)
    norms = ArrayField(models.CharField(max_length=60), default=list, editable=False)  # of the wordings
    text = models.TextField(_("answer"), max_length=800)
    text_en = models.TextField(_("answer in English"), max_length=1600, blank=True)
    owner = models.CharField(_("who answers for it"), max_length=40)
    article = models.ForeignKey(
        "newsroom.Article",
        verbose_name=_("explained in"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
    )
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="answer_space_id"),
            models.UniqueConstraint(
                fields=["space", "norm"], condition=models.Q(replaced_by__isnull=True), name="answer_one_in_force"
            ),
            models.CheckConstraint(
                condition=~models.Q(question="") & ~models.Q(norm="") & ~models.Q(text=""), name="answer_has_words"
            ),
            models.CheckConstraint(condition=~models.Q(replaced_by=models.F("id")), name="answer_not_its_own_heir"),
        ]
        indexes = [models.Index(fields=["article"], name="answer_by_article")]

    def __str__(self) -> str:
        return str(self.question)


# ---- ledgers: keys begin with the space, nothing points out of them, no open manager ---------------------


class SeriesReading(models.Model):
    """How far one person has come in a series; for that person alone. Forgotten at the person's word."""

    pk = models.CompositePrimaryKey("space_id", "person_id", "series_id")
    space_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    series_id = models.BigIntegerField()
    article_ids = ArrayField(models.BigIntegerField(), default=list)
    read_at = models.DateTimeField()

    objects = ClosedManager()

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="series_reading_by_person")]

    def __str__(self) -> str:
        return f"series {self.series_id}: {len(self.article_ids)} read"


class OpenCount(models.Model):
    """How often an article was opened on a day from one space: a sum, which names nobody."""

    pk = models.CompositePrimaryKey("space_id", "reader_space_id", "day", "article_id")
    space_id = models.BigIntegerField()  # of the article
    reader_space_id = models.BigIntegerField()
    day = models.DateField()
    article_id = models.BigIntegerField()
    opens = models.IntegerField()

    objects = ClosedManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(opens__gt=0), name="open_count_positive")]
        indexes = [models.Index(fields=["reader_space_id", "day"], name="open_count_by_reader_space")]

    def __str__(self) -> str:
        return f"article {self.article_id} on {self.day}: {self.opens}"
