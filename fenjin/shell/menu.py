"""Where each desk stands in the studio's menu: the one place that knows them all."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fenjin.kit.studio import Group

MENU: Final = (
    Group(
        "writing",
        _("Writing"),
        "edit",
        (
            "articles",
            "writing_desk:bring",
            "newsroom_desk:to_review",
            "newsroom_desk:series_all",
            "newsroom_desk:columns",
            "newsroom_desk:names",
            "pictures",
            "files",
            "moderation_desk:queue",
            "shell_desk:calendar",
            "shell_desk:see_as",
        ),
    ),
    Group(
        "messages",
        _("Messages"),
        "mail",
        (
            "delivery_desk:compose",
            "delivery_desk:sent",
            "delivery_desk:approvals",
            "delivery_desk:replies",
            "audiences_desk:audiences",
            "delivery_desk:emergencies",
            "delivery_desk:unconfirmed_all",
            "delivery_desk:aloud",
            "delivery_desk:channels",
            "delivery_desk:burden",
        ),
    ),
    Group("quizzes", _("Quizzes"), "help", ("quiz_desk:bank",)),
    Group(
        "people",
        _("People and units"),
        "group",
        (
            "people_desk:organisation",
            "people_desk:people",
            "people_desk:codes",
            "people_desk:cases",
            "people_desk:imports",
            "people_desk:stopped_imports",
            "shell_desk:corrections",
            "shell_desk:complaints",
        ),
    ),
    Group(
        "settings",
        _("Rights and settings"),
        "cog",
        (
            "spaces_desk:roles",
            "spaces_desk:left_behind",
            "newsroom_desk:rules",
            "delivery_desk:sending_rules_all",
            "spaces_desk:settings",
            "spaces_desk:platforms",
            "people_desk:administrators",
            "people_desk:installations",
            "people_desk:notice",
            "people_desk:retention",
        ),
    ),
    Group(
        "records",
        _("Records"),
        "history",
        ("spaces_desk:space_log", "audit_desk:events", "audit_desk:doors", "audit_desk:verify"),
    ),
    Group("own", "", "", ("people:second_factor",)),
)
