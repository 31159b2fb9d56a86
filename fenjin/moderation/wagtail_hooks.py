"""Where the moderators' desks stand in the studio."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.access import Rule, Verdict
from fenjin.kit.studio import add_to_menu
from fenjin.moderation.access import ANSWERER
from fenjin.moderation.desk import queue, words
from fenjin.moderation.selectors.hands import in_use

urls = (
    [
        path("moderation/", queue.queue, name="queue"),
        path("moderation/words/", words.words, name="words"),
        path("moderation/words/<int:word_id>/remove/", words.word_remove, name="word_remove"),
        path("moderation/month/", words.month, name="month"),
        path("moderation/rule/", words.rule, name="rule"),
        path("moderation/<int:case_id>/", queue.case, name="case"),
        path("moderation/<int:case_id>/decide/", queue.case_decide, name="case_decide"),
        path("moderation/<int:case_id>/claim/", queue.case_claim, name="case_claim"),
        path("moderation/<int:case_id>/undo/", queue.case_undo, name="case_undo"),
        path("moderation/<int:case_id>/answer/", queue.case_answer, name="case_answer"),
        path("moderation/<int:case_id>/appeal/", queue.case_appeal, name="case_appeal"),
    ],
    "moderation_desk",
)


def _answerer_with_something(request: HttpRequest) -> Verdict:
    verdict = ANSWERER.judge(request)
    return verdict if verdict is Verdict.NOT_FOUND or in_use(request.user) else Verdict.NOT_FOUND


# Where comments are switched off the desk is not offered; its address stays, for what is still to be decided.
IN_USE = Rule("answers criticism where something is written", _answerer_with_something)


@hooks.register("register_admin_urls")
def desk_urls() -> list[Any]:
    """Put the desks under /studio/moderation/."""
    return [path("", include(urls))]


add_to_menu(
    _("Comments"),
    "moderation_desk:queue",
    rule=IN_USE,
    icon="comment",
    lead=_("Comments that wait for a look, appeals, and criticism to be answered."),
)
