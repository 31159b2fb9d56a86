"""The studio wears the skin: one style sheet over Wagtail's own, and a few lines for its menu."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from fenjin.kit.templatetags.skin import asset


@hooks.register("insert_global_admin_css")
def studio_skin() -> SafeString:
    """Return the link to studio.css, which also brings everything that stands below .desk."""
    return format_html('<link rel="stylesheet" href="{}">', asset("studio.css"))


@hooks.register("insert_global_admin_js")
def studio_menu() -> SafeString:
    """Return the script that keeps the focus when a group of the menu is closed."""
    return format_html('<script type="module" src="{}"></script>', asset("fj-menu.js"))
