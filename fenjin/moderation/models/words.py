"""What is looked for in what people write, and how strictly a space takes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import TenantModel


class Lane(models.TextChoices):
    """Why something is looked at. Criticism is a lane of its own: it is not a violation, somebody has to answer it."""

    SECRET = "secret", _("Against the law, or a secret")
    ATTACK = "attack", _("An attack on a person")
    PRIVATE = "private", _("Somebody's private data")
    OFF_TOPIC = "off_topic", _("Advertising, or not about this")
    CRITICISM = "criticism", _("Criticism: no violation, to be answered")


class Word(TenantModel):
    """A word that is looked for in the texts of a space; the group's words hold in all of them.

    `normal` is the word as texts are compared: simplified, small letters, without separators. With
    `by_sound` other characters of the same sound and pinyin count too.
    """

    text = models.CharField(max_length=40)
    normal = models.CharField(max_length=80)
    lane = models.CharField(max_length=10, choices=Lane)
    by_sound = models.BooleanField(default=False)
    added_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "normal"], name="word_once"),
            models.CheckConstraint(condition=~models.Q(normal=""), name="word_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text


class Rule(TenantModel):
    """How strictly a space takes it. Without a row the group's holds, and without that one the built-in rule.

    `edition` counts changes of the space's words, so that a process knows when to read them again.
    `mode` is empty where a space only has words of its own and follows the group in everything else.
    """

    class Mode(models.TextChoices):
        CLOSED = "closed", _("Nobody writes comments")
        ALL = "all", _("Each one waits until somebody has looked at it")
        NEWCOMERS = "newcomers", _("The first three of a person wait, later ones only with a word of the list")
        WORDS = "words", _("Only those with a word of the list wait")
        AFTER = "after", _("All stand at once; those with a word of the list are looked at afterwards")

    mode = models.CharField(max_length=10, choices=Mode, blank=True)
    hours = models.PositiveSmallIntegerField(default=24)  # within which somebody looks
    edition = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space"], name="rule_of_space"),
            models.CheckConstraint(condition=models.Q(hours__gte=1, hours__lte=168), name="rule_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.mode or 'inherited'} in space {self.space_id}"
