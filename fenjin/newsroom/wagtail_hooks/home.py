"""The editor's card on the first page of the studio."""

from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from wagtail.admin.ui.components import Component

from fenjin.newsroom.selectors import list_drafts
from fenjin.newsroom.selectors.plans import list_due_for_a_look
from fenjin.newsroom.selectors.releases import list_outcomes

MOST_LOOKS: Final = 5


class NewsPanel(Component):
    """Write something new, or go on where I stopped."""

    name = "news"
    order = 10
    template_name = "newsroom/studio/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the editor's own unfinished articles, what became of others, and what wants another look by now."""
        account = parent_context["request"].user
        told = list_outcomes(account.membership)
        return {
            "drafts": list_drafts(account),
            "told": told,
            "looks": list_due_for_a_look(account.membership, soon=timedelta())[:MOST_LOOKS],
            "add_url": reverse("articles:add"),
            "all_url": reverse("articles:list"),
        }
