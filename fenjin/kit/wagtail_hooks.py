"""The studio wears the skin: one style sheet over Wagtail's own, and a few lines for its menu."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from fenjin.kit.templatetags.skin import asset


@hooks.register("insert_global_admin_css")
def studio_skin() -> SafeString:
    """Return the link to studio.css, which also brings everything that stands below .desk."""
    return format_html('<link rel="stylesheet" href="{}">', asset("studio.css"))


@hooks.register("insert_global_admin_js")
def studio_scripts() -> SafeString:
    """Return the scripts that every page may need: for the focus in the menu, and for files in a chooser's window."""
    return format_html_join(
        "", '<script type="module" src="{}"></script>', ((asset(name),) for name in ("fj-menu.js", "fj-file.js"))
    )
