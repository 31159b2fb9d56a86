"""Where the desks of delivery stand in the studio."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.delivery.access import (
    APPROVER,
    COVERAGE_READER,
    DUTY_DESK,
    RULE_SETTER,
    SENDER,
    SILENT_NAMER,
    SUPERVISOR,
)
from fenjin.delivery.desk import (
    aloud,
    answers,
    approvals,
    board,
    burden,
    channels,
    compose,
    corrections,
    coverage,
    manage,
    notes,
    reminding,
    replies,
    review,
    rules,
    unconfirmed,
)
from fenjin.delivery.desk.waiting import waiting_panel
from fenjin.kit.studio import add_to_menu

urls = [
    path("", coverage.sent, name="sent"),
    path("send/", compose.compose, name="compose"),
    path("send/review/", review.review, name="review"),
    path("send/review/accounts/", review.review_accounts, name="review_accounts"),
    path("send/rehearse/", review.rehearse, name="rehearse"),
    path("send/write/<slug:form>/", notes.note_new, name="note_new"),
    path("send/words/<int:note_id>/", notes.note, name="note"),
    path("send/press/", review.send, name="send"),
    path("channels/", channels.channels, name="channels"),
    path("ringing/", channels.ringing, name="ringing"),
    path("ringing/<int:space_id>/", channels.ringing_of, name="ringing_of"),
    path("<int:message_id>/channels/", channels.channels_of, name="channels_of"),
    path("<int:message_id>/channels/<uuid:uid>/<slug:how>/", channels.settle, name="settle"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("burden/", burden.burden, name="burden"),
    path("rules/", rules.sending_rules_all, name="sending_rules_all"),
    path("rules/<int:space_id>/", rules.sending_rules_of, name="sending_rules"),
    path("<int:message_id>/approval/", approvals.approval, name="approval"),
    path("<int:message_id>/approval/approve/", approvals.approve, name="approve"),
    path("<int:message_id>/approval/decline/", approvals.decline, name="decline"),
    path("<int:message_id>/correction/", corrections.correction, name="correction"),
    path("<int:message_id>/correction/<slug:name>/", corrections.correction_step, name="correction_step"),
    path("replies/", replies.replies, name="replies"),
    path("replies/ready/", replies.ready, name="ready_answers"),
    path("replies/ready/<int:ready_id>/drop/", replies.ready_drop, name="ready_drop"),
    path("replies/<int:conversation_id>/", replies.conversation, name="conversation"),
    path("replies/<int:conversation_id>/<slug:name>/", replies.conversation_step, name="conversation_step"),
    path("<int:message_id>/answers/", answers.answers, name="answers"),
    path("<int:message_id>/answers/<uuid:key>/", answers.answer_photo, name="answer_photo"),
    path("<int:message_id>/", coverage.coverage_page, name="coverage"),
    path("<int:message_id>/manage/", manage.manage, name="manage"),
    path("<int:message_id>/step/<slug:name>/", manage.step, name="step"),
    path("<int:message_id>/correct/", manage.correct, name="correct"),
    path("<int:message_id>/withdraw/", manage.withdraw, name="withdraw"),
    path("<int:message_id>/coverage.<slug:form>", coverage.coverage_file, name="coverage_file"),
    path("<int:message_id>/cuts/", coverage.coverage_cuts, name="coverage_cuts"),
    path("<int:message_id>/poster.pdf", coverage.message_poster, name="message_poster"),
    path("unconfirmed/", unconfirmed.unconfirmed_all, name="unconfirmed_all"),
    path("<int:message_id>/unconfirmed/", unconfirmed.unconfirmed, name="unconfirmed"),
    path("<int:message_id>/unconfirmed.xlsx", unconfirmed.unconfirmed_file, name="unconfirmed_file"),
    path("aloud/", aloud.aloud, name="aloud"),
    path("<int:message_id>/aloud/", aloud.aloud_units, name="aloud_units"),
    path("<int:message_id>/aloud/<int:unit_id>/", aloud.aloud_unit, name="aloud_unit"),
    path("<int:message_id>/aloud/<int:unit_id>/back/", aloud.aloud_back, name="aloud_back"),
]


emergency_urls = [
    path("emergencies/", board.emergencies, name="emergencies"),
    path("<int:message_id>/board/", board.board_page, name="board"),
    path("<int:message_id>/board/people/", board.board_people, name="board_people"),
    path("<int:message_id>/board/people/<int:person_id>/", board.board_take, name="board_take"),
    path("<int:message_id>/board/end/", board.board_end, name="board_end"),
    path("<int:message_id>/board/silent/", board.silent, name="silent"),
    path("<int:message_id>/board.xlsx", board.board_xlsx, name="board_xlsx"),
    path("<int:message_id>/all-clear/", board.all_clear, name="all_clear"),
    path("<int:message_id>/remind/<slug:name>/", reminding.remind, name="remind"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("messages/", include(([*urls, *emergency_urls], "delivery_desk")))]


add_to_menu(
    _("Send a message"),
    "delivery_desk:compose",
    rule=SENDER,
    icon="mail",
    lead=_("Straight to each person: choose what, to whom, and press once."),
)
add_to_menu(
    _("Sent messages"),
    "delivery_desk:sent",
    rule=COVERAGE_READER,
    icon="view",
    lead=_("How far each message has got, unit by unit."),
)
add_to_menu(
    _("Read aloud"),
    "delivery_desk:aloud",
    rule=SUPERVISOR,
    icon="openquote",
    lead=_("For people without a phone at hand: read it to them, and say to how many."),
)
add_to_menu(
    _("Who has not confirmed"),
    "delivery_desk:unconfirmed_all",
    rule=SILENT_NAMER,
    icon="tasks",
    lead=_("Where a safety or legal reason was stated: your own people, by name."),
)
add_to_menu(
    _("Channels"),
    "delivery_desk:channels",
    rule=SENDER,
    icon="resubmit",
    lead=_("What rings outside the platform, and what did not go through."),
)
add_to_menu(
    _("To approve"),
    "delivery_desk:approvals",
    rule=APPROVER,
    icon="check",
    lead=_("Messages that a second person looks at before they go out."),
)
add_to_menu(
    _("Attention asked"),
    "delivery_desk:burden",
    rule=COVERAGE_READER,
    icon="time",
    lead=_("How many minutes a week messages ask of whom."),
)
add_to_menu(
    _("Rules for sending"),
    "delivery_desk:sending_rules_all",
    rule=RULE_SETTER,
    icon="cog",
    lead=_("From how many people on a second person approves."),
)
add_to_menu(
    _("Duty desk"),
    "delivery_desk:emergencies",
    rule=DUTY_DESK,
    icon="warning",
    lead=_("Emergencies: who is safe, who needs help, how many are silent."),
)


@hooks.register("construct_homepage_panels", order=95)
def show_waiting(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits for a word, and what was said about the own messages, on the studio's first page."""
    if panel := waiting_panel(request):
        panels.append(panel)


add_to_menu(
    _("Replies"),
    "delivery_desk:replies",
    rule=SENDER,
    icon="comment",
    lead=_("What readers ask about your messages, and who answers."),
)
