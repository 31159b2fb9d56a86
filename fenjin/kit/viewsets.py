"""The base of every Wagtail viewset in the studio: each view asks again for the row it holds.

Upstream asks only whether the account may change rows of this kind at all. The scoped manager
already hides foreign rows; this is the second wall, and it also serves rules inside one space.
"""

from typing import Any, Final

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

# A right on the row itself; that somebody may add rows of this kind says nothing about this one.
ANYTHING: Final = ("view", "change", "delete", "publish", "choose")


class AsksPerRow:
    """Mixed into every view of a viewset."""

    def get_object(self, *arguments: Any, **keywords: Any) -> Any:
        """Return the row; 404 unless a right in its space allows what this view does."""
        row = super().get_object(*arguments, **keywords)  # type: ignore[misc]
        if row is None or row.pk is None:
            return row
        policy = policy_registry.get_by_type(type(row))
        needed = getattr(self, "permission_required", None)
        actions = (needed,) if needed else ANYTHING
        if not policy.user_has_any_permission_for_instance(self.request.user, actions, row):  # type: ignore[attr-defined]
            raise Http404
        return row


class Entries(WagtailPaginator):
    """Says how many entries a history has; upstream counts "model log entries"."""

    verbose_name = pgettext_lazy("history", "entry")
    verbose_name_plural = pgettext_lazy("history", "entries")


class Rows(WagtailPaginator):
    """Says how many rows a list has; upstream puts the bare name of the thing after the number."""

    @property
    def items_count_label(self) -> str:
        """Return the number in a sentence that both languages can say."""
        return str(_("%(count)s in all") % {"count": self.count})


def asking(view_class: type) -> type:
    """Return the view class with AsksPerRow in front; lists and histories count in words of ours."""
    if issubclass(view_class, IndexView):
        return type(view_class.__name__, (view_class,), {"__module__": view_class.__module__, "paginator_class": Rows})
    if not hasattr(view_class, "get_object") or issubclass(view_class, AsksPerRow):
        return view_class
    more = {"paginator_class": Entries} if issubclass(view_class, HistoryView) else {}
    return type(view_class.__name__, (AsksPerRow, view_class), {"__module__": view_class.__module__, **more})


class _Asking:
    lead: Any = ""  # one sentence for the studio's start page

    def get_menu_item(self, order: int | None = None) -> Any:
        """Return the menu entry with its sentence, under the name of its addresses in every language."""
        item = super().get_menu_item(order)  # type: ignore[misc]
        item.name = getattr(self, "admin_url_namespace", "") or self.name  # type: ignore[attr-defined]
        item.lead = self.lead
        return item

    def construct_view(self, view_class: type, **keywords: Any) -> Any:
        """Build a view that asks per row."""
        return super().construct_view(asking(view_class), **keywords)  # type: ignore[misc]


class StudioModelViewSet(_Asking, ModelViewSet):
    """List, add and edit rows of a tenant model."""


class StudioSnippetViewSet(_Asking, SnippetViewSet):
    """The same with drafts, revisions, preview and publishing."""


def space_field(choices: list[tuple[int, str]]) -> forms.TypedChoiceField:
    """Return the field `space` of a form for a new row: a choice of several, hidden when there is one.

    A posted space that is not among the choices is an error, never silently replaced.
    """
    several = len(choices) > 1
    return forms.TypedChoiceField(
        label=_("Sub-platform"),
        coerce=int,
        choices=choices,
        required=several,
        widget=forms.Select if several else forms.HiddenInput,
        error_messages={"invalid_choice": _("You may not add anything to this sub-platform.")},
    )


def chosen_space(posted: int | str | None, choices: list[tuple[int, str]]) -> int:
    """Return the posted space, or the only one there is."""
    return int(posted) if posted else choices[0][0]
