"""Questions of a space: written, looked at by a second person, kept for quizzes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizConfig(AppConfig):
    name = "fenjin.quiz"
    label = "quiz"

    def ready(self) -> None:
        from fenjin.audit.register import register_acts, register_kind
        from fenjin.people.register import PersonalData, register_personal_data
        from fenjin.quiz import personal
        from fenjin.quiz.access import APPROVE, HANDS, WRITE
        from fenjin.spaces.register import Module, register_module

        register_module(
            Module(
                key="quiz",
                name=_("Question bank"),
                about=_("Questions for quizzes, each looked at by a second person before it may be asked."),
                tab="activities",
                permissions=dict.fromkeys(HANDS, frozenset({WRITE, APPROVE})),
            )
        )
        register_acts(
            {
                "quiz.add": _("Question written"),
                "quiz.add_many": _("Questions brought in"),
                "quiz.revise": _("Question changed"),
                "quiz.file": _("Question filed otherwise"),
                "quiz.send": _("Question sent for review"),
                "quiz.take_back": _("Question taken back from review"),
                "quiz.approve": _("Question approved"),
                "quiz.send_back": _("Question sent back"),
                "quiz.retire": _("Question retired"),
                "quiz.bring_back": _("Question brought back"),
                "quiz.take_out": _("Questions taken out as a file"),
                "quiz.topic": _("Topic of questions changed"),
            }
        )
        register_kind("question", _("Quiz question"))
        register_kind("quiz_topic", _("Topic of questions"))
        register_personal_data(PersonalData("quiz", personal.collect, personal.fates, order=63))
