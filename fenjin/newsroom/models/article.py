"""Articles, and which pictures a published article shows."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin

from fenjin.kit.models import TenantModel
from fenjin.newsroom.blocks import BodyField
from fenjin.newsroom.models.locks import PlannedLock
from fenjin.newsroom.page.article import page_of


class Article(TenantModel, PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin):
    """A piece of news. A row that is not `live` is a draft or was withdrawn: no employee sees it.

    `cover_space` repeats the cover's space, so that the database can say: the own space or the group.
    """

    class Readers(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody of the sub-platform")
        RECIPIENTS = "recipients", _("Only people to whom it is sent as a message")

    title = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=140, blank=True)
    lead = models.CharField(_("lead"), max_length=160, blank=True)
    lead_en = models.CharField(_("lead in English"), max_length=320, blank=True)
    cover = models.ForeignKey(
        "media.Picture", verbose_name=_("cover"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cover_space = models.BigIntegerField(null=True, editable=False)
    body = BodyField(verbose_name=_("body"), blank=True)
    body_en = BodyField(verbose_name=_("body in English"), blank=True)
    tags = ArrayField(models.CharField(max_length=12), verbose_name=_("tags"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    column = models.ForeignKey(
        "newsroom.Column", verbose_name=_("column"), on_delete=models.SET_NULL, null=True, blank=True
    )
    readers = models.CharField(_("readers"), max_length=12, choices=Readers, default=Readers.EVERYBODY)
    in_name_of = models.ForeignKey(
        "people.Person",
        verbose_name=_("in whose name"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    # What readers are told about the next publication; it becomes a row of Correction.
    correction = models.CharField(_("correction"), max_length=200, blank=True, db_default="")
    correction_en = models.CharField(_("correction in English"), max_length=400, blank=True, db_default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    live = models.BooleanField(default=False, editable=False)
    _revisions = GenericRelation(
        Revision, content_type_field="base_content_type", object_id_field="object_id", for_concrete_model=False
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(fields=["space", "id"], name="article_space_id"),
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_title"),
            models.CheckConstraint(
                condition=models.Q(cover__isnull=True, cover_space__isnull=True)
                | models.Q(cover__isnull=False, cover_space=models.F("space_id"))
                | models.Q(cover__isnull=False, cover_space=1),
                name="article_cover_space",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "-first_published_at", "-id"],
                condition=models.Q(live=True),
                name="article_live_by_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def with_content_json(self, content: Any) -> Any:
        """Return the version with this content; a column that was closed since is left out of it."""
        version = super().with_content_json(content)
        column = self._meta.get_field("column").related_model
        if version.column_id and not column._base_manager.filter(pk=version.column_id).exists():  # type: ignore[union-attr]
            version.column_id = None
        return version

    @property
    def published_at(self) -> Any:
        """Return when it was first published, or None."""
        return self.first_published_at

    @property
    def revisions(self) -> Any:
        """Return all versions, for Wagtail."""
        return self._revisions

    def get_lock(self) -> Any:
        """Return what keeps everybody, or all but one, from changing it now; None as a rule."""
        return PlannedLock(self) if self.approved_schedule else LockableMixin.get_lock(self)

    def full_clean(self, *arguments: Any, **keywords: Any) -> None:
        """Say the cover's space before the constraints are looked at."""
        self.cover_space = self.cover.space_id if self.cover_id and self.cover else None
        super().full_clean(*arguments, **keywords)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the ways in which the studio can show the phone page."""
        return [("zh-hans", _("Chinese")), ("en", _("English"))]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Return the one size that counts."""
        phone = {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("On a phone")}
        return [phone]

    def _get_dummy_header_url(self, original_request: HttpRequest | None = None) -> Any:
        """Preview under the studio's own address, so that the editor's scope holds and not the employee's."""
        return original_request.build_absolute_uri() if original_request else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draw the very page that phones get."""
        page = page_of(self, language=mode_name or "zh-hans")
        return TemplateResponse(request, "newsroom/article.html", {"page": page, "preview": True})


class PictureUse(TenantModel):
    """A published article shows (or once showed) a picture; written by services when it is published.

    Rows stay when a later version drops the picture: messages sent from the older one still show it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="picture_uses")
    picture = models.ForeignKey("media.Picture", on_delete=models.PROTECT, related_name="+")
    picture_space = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "picture"], name="picture_use_once"),
            models.CheckConstraint(
                condition=models.Q(picture_space=models.F("space_id")) | models.Q(picture_space=1),
                name="picture_use_space",
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id} shows picture {self.picture_id}"


class FileUse(TenantModel):
    """A published article offers (or once offered) a document or a recording; kept as PictureUse is."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="file_uses")
    file = models.ForeignKey("media.MediaFile", on_delete=models.PROTECT, related_name="+")
    file_space = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "file"], name="file_use_once"),
            models.CheckConstraint(
                condition=models.Q(file_space=models.F("space_id")) | models.Q(file_space=1),
                name="file_use_space",
            ),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id} offers file {self.file_id}"


class Edition(TenantModel):
    """How often the published news of a space has changed: a page drawn for one number holds until the next.

    It is raised in the transaction of the change, so who reads the new number reads the new news.
    """

    number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space"], name="edition_of_space")]

    def __str__(self) -> str:
        return f"edition {self.number} of space {self.space_id}"
