"""News: written in the studio, read on the phone, sent as messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "fenjin.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from fenjin.audit.register import register_acts
        from fenjin.audit.register import register_kind as register_target
        from fenjin.delivery.register import ContentKind, register_kind
        from fenjin.media.register import register_file_use, register_use
        from fenjin.moderation.register import Kind as TextKind
        from fenjin.moderation.register import register_kind as register_text
        from fenjin.newsroom import selectors, services
        from fenjin.newsroom.access import KIND, ArticlePolicy
        from fenjin.newsroom.first_day import STEP
        from fenjin.newsroom.home.asked import asked_rows
        from fenjin.newsroom.home.news import news_section
        from fenjin.newsroom.models import Article
        from fenjin.newsroom.personal import articles as written
        from fenjin.newsroom.personal import talk as said
        from fenjin.newsroom.selectors.talk import recent_comments
        from fenjin.people.register import HandOver, PersonalData, hand_over, register_personal_data
        from fenjin.search.register import Source, register_source
        from fenjin.spaces.register import (
            HomeSection,
            Module,
            TodoSource,
            first_day,
            open_namespace,
            register_module,
        )

        sign_features()
        sign_release()
        sign_series()
        first_day(STEP)
        register_permission_policy(Article, ArticlePolicy(Article), exact_class=True)
        add, publish = frozenset({"newsroom.add_article"}), frozenset({"newsroom.publish_article"})
        change = frozenset(f"newsroom.{act}_article" for act in ("change", "delete", "lock", "unlock"))
        columns = frozenset({"newsroom.change_column"})
        register_module(
            Module(
                key="newsroom",
                name=_("News"),
                always=True,
                permissions={
                    "author": add,
                    "editor": add | change | publish | columns,
                    "publisher": change | publish | columns,
                },
                own={"author": change},
                home=(HomeSection("newsroom/home.html", news_section, order=60),),
                todo=(TodoSource(asked_rows, order=5),),
            )
        )
        register_acts(
            {
                "newsroom.publish": _("Article published"),
                "newsroom.withdraw": _("Article withdrawn"),
                "newsroom.delete_draft": _("Draft deleted"),
                "newsroom.take_in": _("Text brought in from elsewhere"),
            }
        )
        register_target(KIND, _("Article"))
        register_kind(
            ContentKind(
                key=KIND,
                name=_("Article"),
                choose=lambda request: selectors.list_sendable(request.user),
                freeze=selectors.freeze,
                may_send=selectors.may_send,
                opened=services.note_message,
                follows=services.follows_message,
            )
        )
        register_source(
            Source(
                kind=KIND,
                name=_("News"),
                readable=selectors.readable_entries,
                reindex=services.reindex_articles,
                tone="zhu",
            )
        )
        hand_over(HandOver("drafts", _("Drafts"), selectors.list_left_behind, services.pass_on_drafts))
        register_use(KIND, selectors.shows_picture, services.renew_pages_with)
        register_file_use(KIND, selectors.offers_file)
        open_namespace("articles")
        open_namespace("wagtailadmin_editing_sessions")
        register_personal_data(PersonalData("newsroom", written.collect, written.fates, order=60))
        register_personal_data(PersonalData("talk", said.collect, said.fates, said.erase, order=62))
        register_text(
            TextKind("comment", _("Comment"), services.show_comment, services.answer_comment, recent_comments, "talk")
        )


def sign_features() -> None:
    """Sign what a space may switch off; what is off keeps its data."""
    from fenjin.newsroom.access import ANSWER_RIGHT, SERIES_RIGHT, TERM_RIGHT
    from fenjin.spaces.register import Module, register_module

    for key, name, about, right in (
        ("talk", _("Comments and likes"), _("Readers write under articles; somebody has to look after it."), None),
        ("series", _("Series and topics"), _("Articles in an order, with what one has read."), SERIES_RIGHT),
        ("answers", _("Questions and answers"), _("One answer to each question, found by the search."), ANSWER_RIGHT),
        ("glossary", _("Words explained"), _("Words of the trade are explained where articles use them."), TERM_RIGHT),
    ):
        held = frozenset({right}) if right else frozenset()
        register_module(
            Module(key=key, name=name, about=about, permissions={"editor": held, "publisher": held} if held else {})
        )


def sign_release() -> None:
    """Sign what the release of articles brings to other rooms."""
    from fenjin.audit.register import register_acts, register_details
    from fenjin.media.register import register_use
    from fenjin.newsroom.personal import releases
    from fenjin.newsroom.planned import planned
    from fenjin.newsroom.selectors.releases import shows_picture_to_judge
    from fenjin.newsroom.services.leaving import give_back_releases, leave_releases
    from fenjin.people.register import OnLeave, PersonalData, on_leave, register_personal_data
    from fenjin.spaces.register import register_plans

    register_acts(
        {
            "newsroom.schedule": _("Article planned"),
            "newsroom.plan_drop": _("Plan of an article dropped"),
            "newsroom.undo": _("Publication or withdrawal undone"),
            "newsroom.check": _("Article found still right"),
            "newsroom.rule": _("Release rule changed"),
            "newsroom.review_send": _("Article sent for review"),
            "newsroom.review_stop": _("Article taken back from review"),
            "newsroom.review_hand": _("Judgement asked of somebody outside the studio"),
            "newsroom.review_approved": _("Article approved"),
            "newsroom.review_returned": _("Article sent back"),
            "newsroom.review_back": _("Step or name given back after a leaving that was none"),
            "newsroom.name_ask": _("Asked to publish in a leader's name"),
            "newsroom.name_agree": _("Agreed to publishing in one's name"),
            "newsroom.name_end": _("Publishing in a leader's name ended"),
        }
    )
    register_details(
        {
            "readers": _("Readers"),
            "revision": _("Version"),
            "release": _("Release"),
            "step": _("Step"),
            "person": _("Person"),
            "assistant": _("Assistant"),
            "in_name_of": _("In the name of person"),
            "until": _("Until"),
            "next": _("Next look"),
            "at": _("Comes out on"),
            "article": _("Article"),
            "undone": _("Undone"),
            "done": _("What was done"),
            "steps": _("Steps"),
            "secrecy": _("Checked for secrets"),
            "apart": _("Hands kept apart"),
            "sha256": _("Checksum"),
        }
    )
    register_plans(planned)
    on_leave(OnLeave("release", leave_releases, give_back_releases))
    register_use("release", shows_picture_to_judge, lambda picture_id: None)
    register_personal_data(PersonalData("release", releases.collect, releases.fates, order=61))


def sign_series() -> None:
    """Sign what series, columns, words and answers bring to other rooms."""
    from fenjin.audit.register import register_acts
    from fenjin.audit.register import register_kind as register_target
    from fenjin.newsroom import services
    from fenjin.newsroom.personal import readings
    from fenjin.people.register import PersonalData, Retention, register_personal_data, register_retention
    from fenjin.search.register import Source, register_source

    register_acts(
        {
            "newsroom.series": _("Series or topic changed"),
            "newsroom.column": _("Column changed"),
            "newsroom.term": _("Word of the glossary changed"),
            "newsroom.answer": _("Answer changed"),
        }
    )
    register_target("series", _("Series"))
    register_target("column", _("News column"))
    register_target("term", _("Word explained"))
    register_target("answer", _("Question and answer"))
    for kind, name, reindex, tone, module in (
        ("series", _("Series"), services.reindex_series, "zhu", "series"),
        ("answer", _("Question and answer"), services.reindex_answers, "zi", "answers"),
    ):
        register_source(Source(kind, name, lambda person_id, ids: frozenset(), reindex, tone, module))
    register_personal_data(PersonalData("series", readings.collect, readings.fates, readings.erase, order=61))
    register_retention(
        Retention(
            key="series",
            name=_("How far people have read in series"),
            default=365,
            floor=30,
            ceiling=1095,
            reason=_("Long enough to find one's place again; nobody else sees it."),
            due=readings.due,
            purge=readings.purge,
            order=70,
        )
    )
