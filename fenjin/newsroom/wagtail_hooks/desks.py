"""Where the desks of the newsroom stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.kit.studio import add_to_menu
from fenjin.newsroom.access import COLUMNS_ALONE, CURATES_SERIES, NEWSROOM, RULE_SETTER
from fenjin.newsroom.desk import names, record, review, rules, series, shapes, words

urls = [
    path("review/", review.to_review, name="to_review"),
    path("review/<int:article_id>/", record.release, name="release"),
    path("review/<int:article_id>/compare/<int:before>/<int:after>/", record.release_compare, name="release_compare"),
    path("review/<int:article_id>/send/", record.release_send, name="release_send"),
    path("review/<int:article_id>/stop/", record.release_stop, name="release_stop"),
    path("review/<int:article_id>/unplan/", record.release_unplan, name="release_unplan"),
    path("review/<int:article_id>/look/", record.release_look, name="release_look"),
    path("review/<int:article_id>/undo/<int:entry_id>/", record.release_undo, name="release_undo"),
    path("review/steps/<int:step_id>/judge/", record.release_judge, name="release_judge"),
    path("review/steps/<int:step_id>/hand/", record.release_hand, name="release_hand"),
    path("articles/<int:article_id>/forms/", shapes.shapes, name="shapes"),
    path("articles/<int:article_id>/forms/<slug:what>/", shapes.shape, name="shape"),
    path("release-rules/", rules.rules, name="rules"),
    path("release-rules/<int:space_id>/", rules.rule, name="rule"),
    path("in-the-name-of/", names.names, name="names"),
    path("in-the-name-of/<int:delegation_id>/end/", names.name_end, name="name_end"),
    path("series/", series.series_all, name="series_all"),
    path("series/new/", series.series_new, name="series_new"),
    path("series/<int:pk>/", series.series_edit, name="series_edit"),
    path("series/<int:pk>/part/", series.series_part, name="series_part"),
    path("series/<int:pk>/state/", series.series_state, name="series_state"),
    path("series/<int:pk>/delete/", series.series_delete, name="series_delete"),
    path("put-away/<int:pk>/", series.bring_back, name="bring_back"),
    path("columns/", words.columns, name="columns"),
    path("columns/<int:pk>/", words.column_edit, name="column_edit"),
    path("columns/<int:pk>/move/", words.column_move, name="column_move"),
    path("words/", words.terms, name="terms"),
    path("words/new/", words.term, name="term_new"),
    path("words/<int:pk>/", words.term, name="term"),
    path("words/<int:pk>/delete/", words.term_delete, name="term_delete"),
    path("answers/", words.answers, name="answers"),
    path("answers/new/", words.answer, name="answer_new"),
    path("answers/<int:pk>/", words.answer, name="answer"),
]


@hooks.register("register_admin_urls")
def register_desks() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("", include((urls, "newsroom_desk")))]


add_to_menu(
    _("To review"),
    "newsroom_desk:to_review",
    rule=NEWSROOM,
    icon="clipboard-list",
    lead=_("What waits for your word, what came back, what is planned."),
)
add_to_menu(
    _("In a leader's name"),
    "newsroom_desk:names",
    rule=NEWSROOM,
    icon="user",
    lead=_("Write for a leader who has agreed to it."),
)
add_to_menu(
    _("Release rules"),
    "newsroom_desk:rules",
    rule=RULE_SETTER,
    icon="lock",
    lead=_("Through how many hands an article goes before everybody reads it."),
)
add_to_menu(
    _("Series and answers"),
    "newsroom_desk:series_all",
    rule=CURATES_SERIES,
    icon="list-ul",
    lead=_("What belongs together, in which order; words explained; one answer for each question."),
)
add_to_menu(
    _("News columns"),
    "newsroom_desk:columns",
    rule=COLUMNS_ALONE,
    icon="list-ul",
    lead=_("The standing parts of your news; what else hangs together as far as it is switched on."),
)
