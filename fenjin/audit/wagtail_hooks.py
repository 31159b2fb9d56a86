"""Where the audit desk stands in the studio."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from fenjin.audit import desk
from fenjin.audit.access import AUDIT_ADMINISTRATOR
from fenjin.kit.studio import add_to_menu

urls = [
    path("", desk.events, name="events"),
    path("sign-ins/", desk.doors, name="doors"),
    path("verify/", desk.verify, name="verify"),
    path("exports/", desk.exports, name="exports"),
    path("exports/<int:export_id>/", desk.export_fetch, name="export_fetch"),
    re_path(r"^export\.(?P<form>csv|xlsx)$", desk.export, name="export"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the desk under /studio/audit/."""
    return [path("audit/", include((urls, "audit_desk")))]


add_to_menu(
    _("Audit log"),
    "audit_desk:events",
    rule=AUDIT_ADMINISTRATOR,
    icon="history",
    lead=_("Read, filter, export and verify what was done by whom."),
)
add_to_menu(
    _("Sign-ins"),
    "audit_desk:doors",
    rule=AUDIT_ADMINISTRATOR,
    icon="key",
    lead=_("Who signed in, and where somebody failed: kept for at least 180 days."),
)
add_to_menu(
    _("Hash chain"),
    "audit_desk:verify",
    rule=AUDIT_ADMINISTRATOR,
    icon="lock",
    lead=_("Prove that no row was changed; print the head of the chain and keep it."),
)
