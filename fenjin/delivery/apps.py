"""Messages: straight to each person, and honest numbers about how far they got."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "fenjin.delivery"
    label = "delivery"

    def ready(self) -> None:
        from fenjin.audit.register import register_acts, register_kind
        from fenjin.delivery import health, personal
        from fenjin.delivery.hot import doors
        from fenjin.delivery.selectors.first_day import spaces_that_sent
        from fenjin.delivery.signs import sign_emergencies
        from fenjin.delivery.views import todo_rows
        from fenjin.kit import doctor
        from fenjin.kit.hotlane import register_door
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.spaces.register import FirstDayStep, Module, TodoSource, first_day, register_module

        first_day(
            FirstDayStep(
                "message",
                _("Send a first message"),
                _("To your own unit, for practice: you see how many it reaches before you press."),
                "delivery_desk:compose",
                spaces_that_sent,
                order=60,
            )
        )
        register_acts(
            {
                "delivery.send": _("Message sent"),
                "delivery.plan": _("Message planned"),
                "delivery.ask": _("Message sent, waits for approval"),
                "delivery.approve": _("Message approved"),
                "delivery.decline": _("Message declined"),
                "delivery.ask_again": _("Message grew, waits for approval again"),
                "delivery.ask_correction": _("Correction asked for, waits for approval"),
                "delivery.approve_correction": _("Correction approved"),
                "delivery.decline_correction": _("Correction declined"),
                "delivery.take_back_correction": _("Correction taken back"),
                "delivery.rehearse": _("Message rehearsed"),
                "delivery.note": _("Words for a message written"),
                "delivery.rules": _("Rules for sending changed"),
                "delivery.begin": _("Sending begun"),
                "delivery.pause": _("Sending paused"),
                "delivery.resume": _("Sending went on"),
                "delivery.stop": _("Sending stopped"),
                "delivery.correct": _("Message corrected"),
                "delivery.withdraw": _("Message withdrawn"),
                "delivery.resend": _("Sent again on a channel"),
                "delivery.take_as_sent": _("Taken as sent on a channel"),
                "delivery.ring_rules": _("What rings when changed"),
                "delivery.look_way": _("Looked how a message came to a person"),
            }
        )
        register_kind("message", _("Message"))
        register_kind("note", _("Words for a message"))
        _sign_notes()
        today = (TodoSource(todo_rows, order=10),)
        aloud = frozenset({"delivery.read_aloud"})
        figures = frozenset({"delivery.view_coverage"}) | aloud
        register_module(
            Module(
                key="messages",
                name=_("Messages"),
                always=True,
                permissions={
                    "editor": figures | {"delivery.send_message"},
                    "publisher": figures | {"delivery.send_message", "delivery.approve_message"},
                    "campaign_manager": figures,
                    "auditor": figures - aloud,
                    "unit_administrator": aloud,
                },
                todo=today,
            )
        )
        register_door(doors)
        sign_emergencies()
        _sign_channels()
        doctor.register("outbox", health.outbox)
        register_personal_data(PersonalData("delivery", personal.collect, personal.fates, order=40))
        _sign_replies()
        _sign_told()


def _sign_told() -> None:
    """Sign what supervisors read aloud: acts, and the names of those who were there."""
    from fenjin.audit.register import register_acts
    from fenjin.delivery.personal import told
    from fenjin.people.register import PersonalData, register_personal_data

    register_acts(
        {
            "delivery.read_aloud": _("Message read aloud"),
            "delivery.take_back_reading": _("Reading aloud taken back"),
        }
    )
    register_personal_data(PersonalData("told", told.collect, told.fates, told.erase, order=42))


def _chooser(form: str) -> Callable[[Any], list[tuple[int, str]]]:
    """Return what lists the notes of one form that the one who asks may send."""
    from fenjin.delivery.selectors import notes

    return lambda request: notes.choose(request.user.membership, form)


def _sign_notes() -> None:
    """Sign what is written right in the desk as kinds of content, and its pictures."""
    from fenjin.delivery import register
    from fenjin.delivery.models import Note
    from fenjin.delivery.selectors import notes
    from fenjin.media.register import register_use

    for form in Note.Form:
        register.register_kind(
            register.ContentKind(
                key=form.value,
                name=form.label,
                choose=_chooser(form.value),
                freeze=notes.freeze_note,
                may_send=notes.may_send_note,
            )
        )
    register_use("note", notes.shows_picture, lambda picture_id: None)


def _sign_replies() -> None:
    """Sign what readers answer, ask and choose: acts of the desk, personal data, how long it is kept, hand-over."""
    from fenjin.audit.register import register_acts, register_kind
    from fenjin.delivery.personal import replies
    from fenjin.delivery.selectors.talks import list_left_behind
    from fenjin.delivery.services.answers import PHOTOS
    from fenjin.delivery.services.talks import pass_on_conversations
    from fenjin.people.register import (
        HandOver,
        PersonalData,
        Retention,
        hand_over,
        register_personal_data,
        register_retention,
    )

    register_acts(
        {
            "delivery.answer": _("Reply answered"),
            "delivery.assign": _("Reply given to a colleague"),
            "delivery.close": _("Reply closed"),
            "delivery.reopen": _("Reply opened again"),
            "delivery.ready_answer": _("Ready answer kept"),
            "delivery.ready_answer_drop": _("Ready answer taken away"),
            "delivery.look_photo": _("Photographed answer looked at"),
        }
    )
    register_kind("conversation", _("Reply to a message"))
    register_kind("ready_answer", _("Ready answer"))
    hand_over(HandOver("conversations", _("Replies to be answered"), list_left_behind, pass_on_conversations))
    register_personal_data(PersonalData("replies", replies.collect, replies.fates, replies.erase, order=41))
    register_retention(
        Retention(
            key=PHOTOS,
            name=_("Photographed answers to messages"),
            default=90,
            floor=7,
            ceiling=365,
            reason=_("Long enough for the sender to look at them."),
            due=replies.photos_due,
            purge=replies.purge_photos,
            order=70,
        )
    )
    register_retention(
        Retention(
            key=replies.TALKS,
            name=_("Closed conversations with senders of messages"),
            default=730,
            floor=90,
            ceiling=1825,
            reason=_("Long enough to look up what was said."),
            due=replies.talks_due,
            purge=replies.purge,
            order=71,
        )
    )


def _sign_channels() -> None:
    """Sign what rings outside: the person's page for those who help, and what is kept of whom a channel missed."""
    from fenjin.delivery.desk.ways import ways_of_person
    from fenjin.delivery.personal import ways
    from fenjin.people.register import (
        PersonalData,
        PersonPanel,
        register_person_panel,
        register_personal_data,
    )

    register_person_panel(PersonPanel("delivery/desk/ways_panel.html", ways_of_person, order=80))
    register_personal_data(PersonalData("ways", ways.collect, ways.fates, ways.erase, order=45))
