"""Where the desks of delivery stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.delivery.access import COVERAGE_READER, SENDER
from fenjin.delivery.desk import channels, compose, coverage, manage
from fenjin.kit.studio import add_to_menu

urls = [
    path("", coverage.sent, name="sent"),
    path("send/", compose.compose, name="compose"),
    path("send/review/", compose.review, name="review"),
    path("send/press/", compose.send, name="send"),
    path("channels/", channels.channels, name="channels"),
    path("ringing/", channels.ringing, name="ringing"),
    path("ringing/<int:space_id>/", channels.ringing_of, name="ringing_of"),
    path("<int:message_id>/channels/", channels.channels_of, name="channels_of"),
    path("<int:message_id>/channels/<uuid:uid>/<slug:how>/", channels.settle, name="settle"),
    path("<int:message_id>/", coverage.coverage_page, name="coverage"),
    path("<int:message_id>/manage/", manage.manage, name="manage"),
    path("<int:message_id>/step/<slug:name>/", manage.step, name="step"),
    path("<int:message_id>/correct/", manage.correct, name="correct"),
    path("<int:message_id>/withdraw/", manage.withdraw, name="withdraw"),
    path("<int:message_id>/coverage.<slug:form>", coverage.coverage_file, name="coverage_file"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("messages/", include((urls, "delivery_desk")))]


add_to_menu(
    _("Send a message"),
    "delivery_desk:compose",
    rule=SENDER,
    icon="mail",
    order=210,
    lead=_("Straight to each person: choose what, to whom, and press once."),
)
add_to_menu(
    _("Sent messages"),
    "delivery_desk:sent",
    rule=COVERAGE_READER,
    icon="view",
    order=211,
    lead=_("How far each message has got, unit by unit."),
)
add_to_menu(
    _("Channels"),
    "delivery_desk:channels",
    rule=SENDER,
    icon="resubmit",
    order=214,
    lead=_("What rings outside the platform, and what did not go through."),
)
