"""The panel beside an article's form that says what is found in the text while it is written."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import Feature
from wagtail.admin.ui.side_panels import BaseSidePanel

from fenjin.kit.studio import add_to_menu
from fenjin.newsroom.desk import importing, writing

urls = [
    path("import/", importing.bring, name="bring"),
    path("advice/", writing.advice, name="advice"),
]


class NamedFeature(Feature):
    """Gives the field for text a name for people who hear the page: the editor's label does not reach it."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Set what the field is called."""
        options["ariaLabel"] = _("Text")


@hooks.register("register_rich_text_features")
def register_name(features: Any) -> None:
    """Let blocks ask for the name."""
    features.register_editor_plugin("draftail", "named", NamedFeature())


@hooks.register("register_admin_urls")
def register_writing_urls() -> list[URLPattern | URLResolver]:
    """Add what helps while writing below /studio/."""
    return [path("writing/", include((urls, "writing_desk")))]


add_to_menu(
    _("Bring a text in"),
    "writing_desk:bring",
    rule=importing.ADDS,
    icon="upload",
    lead=_("A Word document or an article copied from WeChat becomes a draft, with its pictures."),
)


class AdvicePanel(BaseSidePanel):
    """What to look at before others read it; drawn anew by <fj-advice> whenever the form changes."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("What is found in the text")
        icon_name = "glasses"

    name = "advice"
    title = _("What is found in the text")
    template_name = "newsroom/studio/advice_panel.html"
    order = 350

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return where the form is looked at."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"ask": reverse("writing_desk:advice")}
