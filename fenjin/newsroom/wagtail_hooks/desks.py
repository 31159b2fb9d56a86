"""Where the desks of the newsroom stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import DeskMenuItem
from fenjin.newsroom.access import NEWSROOM, RULE_SETTER
from fenjin.newsroom.desk import names, record, review, rules

urls = [
    path("review/", review.to_review, name="to_review"),
    path("review/<int:article_id>/", record.release, name="release"),
    path("review/<int:article_id>/send/", record.release_send, name="release_send"),
    path("review/<int:article_id>/stop/", record.release_stop, name="release_stop"),
    path("review/<int:article_id>/unplan/", record.release_unplan, name="release_unplan"),
    path("review/<int:article_id>/look/", record.release_look, name="release_look"),
    path("review/<int:article_id>/undo/<int:entry_id>/", record.release_undo, name="release_undo"),
    path("review/steps/<int:step_id>/judge/", record.release_judge, name="release_judge"),
    path("review/steps/<int:step_id>/hand/", record.release_hand, name="release_hand"),
    path("release-rules/", rules.rules, name="rules"),
    path("release-rules/<int:space_id>/", rules.rule, name="rule"),
    path("in-the-name-of/", names.names, name="names"),
    path("in-the-name-of/<int:delegation_id>/end/", names.name_end, name="name_end"),
]


@hooks.register("register_admin_urls")
def register_desks() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "newsroom_desk")))]


@hooks.register("register_admin_menu_item")
def register_review_item() -> DeskMenuItem:
    """Add what waits for a hand to the menu of writers."""
    lead = _("What waits for your word, what came back, what is planned.")
    return DeskMenuItem(_("To review"), "newsroom_desk:to_review", rule=NEWSROOM, icon="tick", order=202, lead=lead)


@hooks.register("register_admin_menu_item")
def register_names_item() -> DeskMenuItem:
    """Add publishing in somebody's name."""
    lead = _("Write for a leader who has agreed to it.")
    return DeskMenuItem(_("In the name of"), "newsroom_desk:names", rule=NEWSROOM, icon="user", order=206, lead=lead)


@hooks.register("register_admin_menu_item")
def register_rules_item() -> DeskMenuItem:
    """Add the rules to the menu of publishers and security."""
    lead = _("Through how many hands an article goes before everybody reads it.")
    return DeskMenuItem(_("Release rules"), "newsroom_desk:rules", rule=RULE_SETTER, icon="lock", order=425, lead=lead)
