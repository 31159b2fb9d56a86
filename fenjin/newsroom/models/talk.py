"""What readers say under an article. Ledgers: keys begin with the space, nothing points out, no open manager."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fenjin.kit.models import ClosedManager


class Comment(models.Model):
    """One comment. `comment_id` grows with time, so it orders too; what was taken back keeps its row and no words."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown to readers")
        HELD = "held", _("Waits until somebody has looked at it")
        REMOVED = "removed", _("Not shown")
        TAKEN_BACK = "taken_back", _("Taken back")

    pk = models.CompositePrimaryKey("space_id", "article_id", "comment_id")
    space_id = models.BigIntegerField()  # of the article
    article_id = models.BigIntegerField()
    comment_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)  # of the main post when it was written
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State)
    written_at = models.DateTimeField()
    client_key = models.CharField(max_length=64)
    answer = models.TextField(blank=True)  # of those in charge, to criticism
    answered_at = models.DateTimeField(null=True)

    objects = ClosedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space_id", "comment_id"], name="comment_once"),
            models.UniqueConstraint(fields=["space_id", "person_id", "client_key"], name="comment_client_key"),
            models.CheckConstraint(
                condition=models.Q(state="taken_back", text="") | ~models.Q(state="taken_back") & ~models.Q(text=""),
                name="comment_has_words",
            ),
        ]
        indexes = [models.Index(fields=["person_id", "-comment_id"], name="comment_by_person")]

    def __str__(self) -> str:
        return f"comment {self.comment_id} under article {self.article_id}"


class Like(models.Model):
    """One person likes an article; the row goes when they do not any more."""

    pk = models.CompositePrimaryKey("space_id", "article_id", "person_id")
    space_id = models.BigIntegerField()
    article_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    liked_at = models.DateTimeField()

    objects = ClosedManager()

    class Meta:
        indexes = [models.Index(fields=["person_id"], name="like_by_person")]

    def __str__(self) -> str:
        return f"person {self.person_id} likes article {self.article_id}"


class Tally(models.Model):
    """How many like an article and how many comments are shown: kept with each of them, in its transaction."""

    pk = models.CompositePrimaryKey("space_id", "article_id")
    space_id = models.BigIntegerField()
    article_id = models.BigIntegerField()
    likes = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)

    objects = ClosedManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(likes__gte=0, comments__gte=0), name="tally_sane")]

    def __str__(self) -> str:
        return f"article {self.article_id}: {self.likes} likes, {self.comments} comments"
