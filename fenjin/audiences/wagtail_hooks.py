"""Where the desks of audiences stand in the studio."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.audiences.access import AUDIENCE_MAKER
from fenjin.audiences.desk import builder, lists, saved
from fenjin.kit.studio import add_to_menu

urls = [
    path("", saved.audiences, name="audiences"),
    path("new/", builder.build, name="build"),
    path("new/save/", builder.save, name="save"),
    path("json/", builder.from_json, name="from_json"),
    path("<int:audience_id>/", builder.change, name="change"),
    path("<int:audience_id>/audience.json", saved.export, name="export"),
    path("<int:audience_id>/copy/", saved.copy, name="copy"),
    path("<int:audience_id>/put-away/", saved.put_away, name="put_away"),
    path("<int:audience_id>/bring-back/", saved.bring_back, name="bring_back"),
    path("<int:audience_id>/take-back/", saved.take_back, name="take_back"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<int:list_id>/", lists.report, name="list"),
    path("lists/<int:list_id>/put-away/", lists.put_away, name="list_put_away"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desks below /studio/."""
    return [path("audiences/", include((urls, "audiences_desk")))]


add_to_menu(
    _("Audiences"),
    "audiences_desk:audiences",
    rule=AUDIENCE_MAKER,
    icon="group",
    lead=_("Who is meant, said once and used again: units, posts, places, lists."),
)
