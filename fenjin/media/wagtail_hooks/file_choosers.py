"""Choosing or uploading a document or a recording from inside a form."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenMultipleViewMixin,
    ChosenResponseMixin,
    ChosenViewMixin,
    CreateViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permissions import policy_registry

from fenjin.kit.errors import Refusal
from fenjin.media import services
from fenjin.media.forms import FileUpload
from fenjin.media.models import MediaFile
from fenjin.media.selectors.files import clock_of, size_in_words


def choosable(request: HttpRequest, kind: str) -> models.QuerySet[MediaFile]:
    """Return the files of a kind that the editor may use: of the own spaces, not withdrawn."""
    policy = policy_registry.get_by_type(MediaFile)
    rows: models.QuerySet[MediaFile] = policy.instances_user_has_any_permission_for(request.user, ["choose"])
    return rows.filter(kind=kind, withdrawn_at__isnull=True)


class FilterByTitle(BaseFilterForm):
    """One search field, answered by the database."""

    q = forms.CharField(label=_("Search"), required=False)

    def filter(self, rows: models.QuerySet[MediaFile]) -> models.QuerySet[MediaFile]:
        """Return the files whose title holds the words."""
        words = self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(words)
        return rows.filter(title__icontains=words) if words else rows


class _OfKind:
    file_kind = ""

    def chosen_rows(self) -> models.QuerySet[MediaFile]:
        return choosable(self.request, self.file_kind)  # type: ignore[attr-defined]


class _Upload(_OfKind, CreationFormMixin):
    create_action_label = _("Upload")
    request: HttpRequest

    def get_creation_form_class(self) -> type[FileUpload]:
        return FileUpload

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        keywords: dict[str, Any] = {
            "account": self.request.user,
            "kind": self.file_kind,
            "prefix": f"{self.file_kind}-upload",
        }
        if self.request.method == "POST":
            keywords |= {"data": self.request.POST, "files": self.request.FILES}
        return keywords


class _Choose(_Upload, BaseChooseView):
    template_name = "media/studio/chooser.html"
    filter_form_class = FilterByTitle
    ordering = "-created_at"
    per_page = 12

    def get_object_list(self) -> models.QuerySet[MediaFile]:
        return self.chosen_rows()

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("form", label=_("Format"), accessor=lambda file: file.form.upper()),
            Column("size", label=_("Size"), accessor=size_or_length),
            DateColumn("created_at", label=_("Uploaded")),
        ]


def size_or_length(file: MediaFile) -> str:
    """Return how long a recording plays, how large a document is."""
    return clock_of(file.seconds) if file.seconds else size_in_words(file.size)


class ChooseView(ChooseViewMixin, _Choose):
    """The window with everything to choose from."""


class ChooseResultsView(ChooseResultsViewMixin, _Choose):
    """Only its list, for the next page and for a search."""


class ChosenView(_OfKind, ChosenViewMixin, ChosenResponseMixin, View):
    """Tells the form about one chosen file."""

    def get_object(self, pk: Any) -> MediaFile:
        try:
            return self.chosen_rows().get(pk=pk)
        except ValueError as error:
            raise Http404 from error


class ChosenMultipleView(_OfKind, ChosenMultipleViewMixin, ChosenResponseMixin, View):
    """The same for several."""

    def get_objects(self, pks: list[str]) -> models.QuerySet[MediaFile]:
        return self.chosen_rows().filter(pk__in=[pk for pk in pks if pk.isdigit()])


class CreateView(_Upload, CreateViewMixin, ChosenResponseMixin, View):
    """Takes an upload and chooses it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = form = self.get_creation_form()
        if form.is_valid():
            try:
                file = upload_from(request, form, self.file_kind)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                return self.get_chosen_response(file)
        return self.get_reshow_creation_form_response()


def upload_from(request: HttpRequest, form: FileUpload, kind: str) -> MediaFile:
    """Add the file of a valid form; raises the refusals of add_file."""
    given = form.cleaned_data
    return services.add_file(
        actor=request.user,
        space_id=form.chosen_space(),
        kind=kind,
        upload=given["file"],
        title=given["title"],
        transcript=given.get("transcript", ""),
    )


class _FileChooserViewSet(ChooserViewSet):
    model = MediaFile
    register_widget = False
    file_kind: ClassVar[str]
    search_tab_label = _("Files")
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView

    def get_common_view_kwargs(self, **keywords: Any) -> dict[str, Any]:
        """Return what every view of the chooser is told: also which kind of file it is about."""
        return super().get_common_view_kwargs(file_kind=self.file_kind, **keywords)  # type: ignore[no-any-return]


class DocumentChooserViewSet(_FileChooserViewSet):
    """Documents to take along."""

    name = "document_chooser"
    url_prefix = "files/documents"
    file_kind = MediaFile.Kind.DOCUMENT
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a document")
    choose_another_text = _("Another document")
    edit_item_text = _("Edit this document")


class RecordingChooserViewSet(_FileChooserViewSet):
    """Recordings to listen to."""

    name = "recording_chooser"
    url_prefix = "files/recordings"
    file_kind = MediaFile.Kind.RECORDING
    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Another recording")
    edit_item_text = _("Edit this recording")
