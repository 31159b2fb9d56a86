"""Where the desks of the question bank stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import add_to_menu
from fenjin.quiz.access import WRITER
from fenjin.quiz.desk import bank, exporting, importing, question, review

urls = [
    path("questions/", bank.bank, name="bank"),
    path("questions/new/", question.question_new, name="question_new"),
    path("questions/review/", review.review, name="review"),
    path("questions/import/", importing.importing, name="importing"),
    path("questions/import/<str:name>/", importing.import_file, name="import_file"),
    path("questions/export/", exporting.exporting, name="exporting"),
    path("questions/template/", exporting.template, name="template"),
    path("questions/topics/", bank.topics, name="topics"),
    path("questions/topics/<int:pk>/", bank.topic, name="topic"),
    path("questions/topics/<int:pk>/act/", bank.topic_act, name="topic_act"),
    path("questions/<int:pk>/", question.question, name="question"),
    path("questions/<int:pk>/edit/", question.question_edit, name="question_edit"),
    path("questions/<int:pk>/act/", question.question_act, name="question_act"),
    path("questions/<int:pk>/judge/", question.question_judge, name="question_judge"),
    path("questions/<int:pk>/compare/<int:before>/<int:after>/", question.question_compare, name="question_compare"),
]


@hooks.register("register_admin_urls")
def register_desks() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "quiz_desk")))]


add_to_menu(
    _("Question bank"),
    "quiz_desk:bank",
    rule=WRITER,
    icon="help",
    lead=_("Questions for quizzes: write them, bring them in, look at what others wrote."),
)
