"""Articles in the studio: Wagtail's drafts, versions and preview; publishing goes through our services."""

from typing import Any

import django_filters
from django.contrib import messages as flash
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel, StatusSidePanel
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets

from fenjin.delivery.selectors.of_content import messages_with
from fenjin.kit.errors import Refusal
from fenjin.kit.viewsets import StudioSnippetViewSet
from fenjin.kit.wording import friendly_time
from fenjin.newsroom import services
from fenjin.newsroom.access import KIND, can_read
from fenjin.newsroom.models import Article, Release
from fenjin.newsroom.services.planning import drop_plan
from fenjin.newsroom.services.publishing import shown_version
from fenjin.newsroom.wagtail_hooks.panels import article_form
from fenjin.newsroom.wagtail_hooks.releasing import NothingLost, Releases
from fenjin.newsroom.wagtail_hooks.writing import AdvicePanel
from fenjin.spaces.access import Membership, membership_of, spaces_with_permission


def send_url(article: Article) -> str | None:
    """Return where a published article is sent as a message; None while there is nothing to send."""
    if not article.live:
        return None
    try:
        return f"{reverse('delivery_desk:compose')}?kind=article&id={article.pk}"
    except NoReverseMatch:
        return None


def correct_urls(article: Article, account: Any) -> list[str]:
    """Return where the messages are corrected that went out with an older version of a published article."""
    if not article.live or article.last_published_at is None:
        return []
    spaces = spaces_with_permission(account, "delivery.send_message")
    found = messages_with(kind=KIND, content_id=article.pk, spaces=spaces, before=article.last_published_at)
    try:
        return [reverse("delivery_desk:manage", args=[pk]) for pk in found]
    except NoReverseMatch:
        return []


class ArticleFilters(WagtailFilterSet):
    """Only questions about the article itself: a list of spaces or people would look across spaces."""

    live = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("True", _("Published")), ("False", _("Draft"))],
        empty_label=_("All"),
    )
    readers = django_filters.ChoiceFilter(label=_("Readers"), choices=Article.Readers.choices, empty_label=_("All"))

    class Meta:
        model = Article
        fields = ("live", "readers")


def _look_of(article: Article, membership: Membership) -> tuple[str, Any]:
    """Return where its writer sees a published article: as readers do, or its forms, for who is no reader of it."""
    if can_read(membership, article):
        return reverse("newsroom:article", args=[article.pk]), _("See it as readers do")
    return reverse("newsroom_desk:shapes", args=[article.pk]), _("Four forms")


class Publishes(Releases):
    """Mixed into the forms: what stands around the press of "publish"."""

    request: Any
    object: Any

    def get_success_buttons(self) -> list[Any]:
        """Offer to send what was just published."""
        buttons: list[Any] = super().get_success_buttons()  # type: ignore[misc]
        url = send_url(self.object) if getattr(self, "action", "") == "publish" else None
        if url:
            buttons.insert(0, messages.button(url, _("Send as a message")))
            again = correct_urls(self.object, self.request.user)
            buttons[:0] = [messages.button(one, _("Correct the message that was sent")) for one in again]
        if getattr(self, "action", "") == "publish":
            if self.object.live:
                buttons.insert(0, messages.button(*_look_of(self.object, membership_of(self.request))))
            undo = reverse("newsroom_desk:release", args=[self.object.pk])
            buttons.append(messages.button(undo, _("Undo (10 minutes)")))
        return buttons

    def get_side_panels(self) -> MediaContainer:
        """Return Wagtail's panels, with our look at the text instead of its checks of the phone page."""
        panels = super().get_side_panels()  # type: ignore[misc]
        for panel in panels:
            if isinstance(panel, StatusSidePanel):
                panel.show_schedule_publishing_toggle = False  # times stand on a tab of their own
                panel.usage_url = None  # where an article stands is said by its series and messages, not by Wagtail
        kept = [panel for panel in panels if not isinstance(panel, ChecksSidePanel)]
        return MediaContainer([*kept, AdvicePanel(self.object or Article(), self.request)])


class CreateView(Publishes, snippets.CreateView):
    """Write a new article."""

    page_title = _("New article")


class EditView(Publishes, NothingLost, snippets.EditView):
    """Go on with an article."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Return Wagtail's buttons, and the way to send a published article."""
        buttons = list(super().header_more_buttons)
        url = send_url(self.object)
        if url:
            buttons.insert(0, Button(_("Send as a message"), url=url, icon_name="mail", priority=1))
        buttons += [
            Button(_("Correct the message that was sent"), url=one, icon_name="mail", priority=4)
            for one in correct_urls(self.object, self.request.user)
        ]
        release = reverse("newsroom_desk:release", args=[self.object.pk])
        forms = reverse("newsroom_desk:shapes", args=[self.object.pk])
        buttons.append(Button(_("Card, poster, listening"), url=forms, icon_name="doc-full", priority=3))
        buttons.insert(0, Button(_("Release and record"), url=release, icon_name="clipboard-list", priority=2))
        return buttons


class UnpublishView(snippets.UnpublishView):
    """Withdraw an article: nobody can open it any more."""

    def unpublish(self) -> HttpResponse | None:
        """Withdraw in one transaction with record, search and audit."""
        before = shown_version(self.object.pk)
        with transaction.atomic():
            answer: HttpResponse | None = super().unpublish()
            services.after_withdrawing(actor=self.request.user, article=self.object, before=before)
        return answer

    def get_success_buttons(self) -> list[Any]:
        """Offer to take it back."""
        url = reverse("newsroom_desk:release", args=[self.object.pk])
        return [messages.button(url, _("Undo (10 minutes)"))]


class UnscheduleView(snippets.RevisionsUnscheduleView):
    """Take a planned version off the plan."""

    def post(self, request: Any, *arguments: Any, **keywords: Any) -> HttpResponse:
        """Do it by our service, which keeps the record."""
        try:
            drop_plan(actor=request.user, article=self.object)
        except Refusal as refusal:
            flash.error(request, str(refusal))
        else:
            flash.success(request, _("It will not come out by itself. The text is kept as a draft."))
        return redirect("articles:edit", self.object.pk)


class DeleteView(snippets.DeleteView):
    """Delete a draft that nobody has read."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete by our service, or say why not."""
        title = str(self.object)
        try:
            services.delete_article(actor=self.request.user, article=self.object)
        except Refusal as refusal:
            flash.error(self.request, str(refusal))
        else:
            flash.success(self.request, _("The draft “%(title)s” is deleted.") % {"title": title})
        return redirect(self.get_success_url())


class IndexView(snippets.IndexView):
    """All articles of the editor's spaces, those touched last on top."""

    add_item_label = _("New article")

    def get_base_queryset(self) -> Any:
        """Return the rows that the reader may change, with what the columns show; an author sees only the own."""
        policy = policy_registry.get_by_type(Article)
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        rows = rows.select_related("space", "author__person", "latest_revision", "live_revision")
        running = Release.objects.filter(article=OuterRef("pk"), state=Release.State.OPEN)
        return rows.defer("body", "body_en").annotate(under_review=Exists(running))

    @cached_property
    def columns(self) -> list[Column]:
        """Return title, state, readers, sub-platform, who wrote it and when."""
        return [
            self._get_title_column("title", TitleColumn, width="40%"),
            StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda article: article.live),
            Column("readers", label=_("Readers"), accessor=short_readers),
            Column("space", label=_("Sub-platform"), accessor="space.title"),
            Column("author", label=_("Editor"), accessor=lambda article: str(article.author or "")),
            Column("changed", label=_("Changed"), accessor=changed),
        ]


def state_of(article: Article) -> Any:
    """Return the state in one word."""
    if getattr(article, "under_review", False):
        return _("Under review")
    if article.has_unpublished_changes and article.go_live_at and article.scheduled_revision:
        return _("Planned")
    if not article.live:
        return _("Withdrawn") if article.first_published_at else _("Draft")
    return _("Published, draft inside") if article.has_unpublished_changes else _("Published")


def changed(article: Article) -> str:
    """Return when the newest version was saved."""
    return friendly_time(article.latest_revision.created_at) if article.latest_revision else ""


def short_readers(article: Article) -> Any:
    """Return who may read it, in a word or two."""
    return _("Everybody") if article.readers == Article.Readers.EVERYBODY else _("Recipients only")


class ArticleViewSet(StudioSnippetViewSet):
    """Everything under /studio/articles/."""

    model = Article
    admin_url_namespace = "articles"
    base_url_path = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    lead = _("Write, look at it on a phone, publish for everybody or for recipients only.")
    add_to_admin_menu = True
    add_to_reference_index = False  # which pictures an article shows is kept in PictureUse
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 25
    ordering = ("-latest_revision__created_at", "-pk")
    search_fields = ("title", "lead", "source")
    search_backend_name = None
    filterset_class = ArticleFilters
    edit_handler = article_form
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    unpublish_view_class = UnpublishView
    revisions_unschedule_view_class = UnscheduleView
