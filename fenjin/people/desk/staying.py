"""What stands at the end of every page of the studio: the bar that says before it shuts, and tables as cards."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fenjin.kit.templatetags.skin import asset

WARN_SECONDS: Final = 120


def idle_bar() -> SafeString:
    """Return the bar with the button to stay; its script draws it two minutes before the end."""
    soon = _("The studio shuts in about %(minutes)s minutes, since it was not used. What you type stays on this page.")
    shut = _("The studio has shut. What you typed stays here: when you send it, you confirm who you are and go on.")
    return format_html(
        '<fj-idle hidden data-url="{}" data-idle="{}" data-warn="{}"><p role="status" data-soon="{}"></p>'
        '<p data-shut hidden>{}</p><button type="button" data-stay>{}</button></fj-idle>'
        '<script type="module" src="{}"></script><fj-cards hidden></fj-cards><script type="module" src="{}"></script>',
        reverse("people:stay"),
        settings.STAFF_IDLE_SECONDS,
        WARN_SECONDS,
        soon,
        shut,
        _("Stay signed in"),
        asset("fj-idle.js"),
        asset("fj-cards.js"),
    )
