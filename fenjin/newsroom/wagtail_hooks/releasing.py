"""The press of "publish" in the form of an article, sending for review, and two people at one text."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Revision
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem

from fenjin.kit import clock
from fenjin.kit.errors import Refusal
from fenjin.kit.wording import friendly_time
from fenjin.newsroom.models import Article
from fenjin.newsroom.selectors.rules import way_for
from fenjin.newsroom.services.publishing import settle_publication, shown_version
from fenjin.newsroom.services.release import send_for_review
from fenjin.spaces.selectors import spaces_to_add_in


class Releases:
    """Mixed into the forms: publishing and sending for review go through our services."""

    request: Any
    object: Any
    form: Any
    new_revision: Any

    def get_available_actions(self) -> list[str]:
        """Return Wagtail's actions, and sending for review."""
        return [*super().get_available_actions(), "review"]  # type: ignore[misc]

    def publish_action(self) -> HttpResponse | None:
        """Publish in one transaction with rule, record, search and audit; a refusal leaves a draft and says why."""
        before = shown_version(self.object.pk)
        try:
            with transaction.atomic():
                answer: HttpResponse | None = super().publish_action()  # type: ignore[misc]
                settle_publication(
                    actor=self.request.user,
                    article=self.object,
                    revision_id=self.new_revision.pk,
                    before=before,
                    secrecy_checked=bool(self.form.cleaned_data.get("secrecy_checked")),
                )
        except Refusal as refusal:
            return self._stays_a_draft(refusal)
        self.object.refresh_from_db(fields=["live"])
        return answer

    def review_action(self) -> HttpResponse:
        """Send what was just saved for review."""
        try:
            send_for_review(actor=self.request.user, article=self.object)
        except Refusal as refusal:
            return self._stays_a_draft(refusal)
        flash.success(self.request, _("Sent for review."))
        return redirect("newsroom_desk:release", article_id=self.object.pk)

    def _stays_a_draft(self, refusal: Refusal) -> HttpResponse:
        flash.error(self.request, _("Saved as a draft. %(why)s") % {"why": refusal})
        return redirect("articles:edit", self.object.pk)


OVERTAKEN: Final = timedelta(minutes=1)


class NothingLost:
    """Mixed into the form of an existing article: a newer version by somebody else is never written over unseen."""

    request: Any
    object: Any

    def is_valid(self, form: Any) -> bool:
        """Stop the first press over a newer version: what was typed is kept as a version, and said."""
        valid: bool = super().is_valid(form)  # type: ignore[misc]
        if not valid or self.expects_json_response or not self.is_out_of_date:  # type: ignore[attr-defined]
            return valid
        newest = self.object.latest_revision
        if newest.user_id == self.request.user.pk and clock.now() - newest.created_at < OVERTAKEN:
            # The editor saves by itself while one types, and a press overtakes the answer to that. What it saved
            # stays among the versions: this one is laid on top and writes over none.
            self.overwrite_revision = None
            return valid
        kept = _keep_aside(form.instance, self.request.user)
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = format_html(
            '{} <a href="{}">{}</a>',
            _(
                "%(name)s saved a newer version %(time)s. Yours is still here, and kept among the versions. "
                "Save again to put it on top."
            )
            % {"name": newest.user or _("Somebody"), "time": friendly_time(newest.created_at)},
            reverse("newsroom_desk:release_compare", args=[self.object.pk, newest.pk, kept.pk]),
            _("Compare the two"),
        )
        return False


def _keep_aside(article: Article, account: Any) -> Revision:
    """Keep what was typed as a version that is not the newest one."""
    newest = article.latest_revision_id
    kept: Revision = article.save_revision(user=account, log_action=False, clean=False)
    Article.objects.filter(pk=article.pk).update(latest_revision=newest)
    article.latest_revision_id = newest
    return kept


class ReviewMenuItem(ActionMenuItem):
    """The button that sends an article for review."""

    name = "action-review"
    label = _("Send for review")
    icon_name = "resubmit"


@hooks.register("construct_snippet_action_menu")
def offer_what_the_rule_allows(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer sending for review where an article goes through several hands, and publishing where it does not."""
    if context["model"] is not Article or context.get("locked_for_user"):
        return
    article = context.get("instance")
    spaces = (
        [article.space_id] if article else [pk for pk, _name in spaces_to_add_in(request.user, "newsroom.add_article")]
    )
    ways = [way_for(request.user, space) for space in spaces]
    if all(way.steps for way in ways):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PublishMenuItem)]
    if any(way.steps for way in ways):
        menu_items.append(ReviewMenuItem(order=25))
    menu_items.sort(key=lambda item: (item.order == 20, item.order))  # what brings it to readers, before withdrawing
