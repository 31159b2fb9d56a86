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
        from fenjin.newsroom import personal, selectors, services
        from fenjin.newsroom.access import KIND, ArticlePolicy
        from fenjin.newsroom.home import news_section
        from fenjin.newsroom.models import Article
        from fenjin.people.register import HandOver, PersonalData, hand_over, register_personal_data
        from fenjin.search.register import Source, register_source
        from fenjin.spaces.register import HomeSection, Module, open_namespace, register_module

        register_permission_policy(Article, ArticlePolicy(Article), exact_class=True)
        add, publish = frozenset({"newsroom.add_article"}), frozenset({"newsroom.publish_article"})
        change = frozenset(f"newsroom.{act}_article" for act in ("change", "delete", "lock", "unlock"))
        register_module(
            Module(
                key="newsroom",
                name=_("News"),
                always=True,
                permissions={"author": add, "editor": add | change | publish, "publisher": change | publish},
                own={"author": change},
                home=(HomeSection("newsroom/home.html", news_section, order=60),),
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
        register_personal_data(PersonalData("newsroom", personal.collect, personal.fates, order=60))
