"""Choosing or uploading a picture from inside a form. Wagtail's own chooser stays closed."""

from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenMultipleViewMixin,
    ChosenViewMixin,
    CreateViewMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.images.views.chooser import ImageChosenResponseMixin, ImageCreationFormMixin
from wagtail.permissions import policy_registry

from fenjin.kit.errors import Refusal
from fenjin.media import services
from fenjin.media.forms import PictureUpload
from fenjin.media.models import Picture


def choosable(request: HttpRequest) -> models.QuerySet[Picture]:
    """Return the pictures that the editor may use: of the own spaces, not withdrawn."""
    policy = policy_registry.get_by_type(Picture)
    rows: models.QuerySet[Picture] = policy.instances_user_has_any_permission_for(request.user, ["choose"])
    return rows.filter(withdrawn_at__isnull=True)


class FilterByTitle(BaseFilterForm):
    """One search field, answered by the database."""

    q = forms.CharField(label=_("Search"), required=False)

    def filter(self, rows: models.QuerySet[Picture]) -> models.QuerySet[Picture]:
        """Return the pictures whose title or description holds the words."""
        words = self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(words)
        found = models.Q(title__icontains=words) | models.Q(description__icontains=words)
        return rows.filter(found) if words else rows


class _Upload(ImageCreationFormMixin):
    create_action_label = _("Upload")

    def get_creation_form_class(self) -> type[PictureUpload]:
        return PictureUpload

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        keywords: dict[str, Any] = {"account": self.request.user, "prefix": "image-chooser-upload"}
        if self.request.method == "POST":
            keywords |= {"data": self.request.POST, "files": self.request.FILES}
        return keywords


class _Choose(_Upload, BaseChooseView):
    template_name = "media/studio/chooser.html"
    results_template_name = "media/studio/chooser_results.html"
    filter_form_class = FilterByTitle
    ordering = "-created_at"
    per_page = 12

    def get_object_list(self) -> models.QuerySet[Picture]:
        return choosable(self.request)

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**keywords)
        for picture in context["results"]:
            address = reverse(self.chosen_url_name, args=(picture.pk,))
            picture.chosen_url = self.append_preserved_url_parameters(address)
        return context


class ChooseView(ChooseViewMixin, _Choose):
    """The window with everything to choose from."""


class ChooseResultsView(ChooseResultsViewMixin, _Choose):
    """Only its list, for the next page and for a search."""


class ChosenView(ChosenViewMixin, ImageChosenResponseMixin, View):
    """Tells the form about one chosen picture."""

    def get_object(self, pk: Any) -> Picture:
        try:
            return choosable(self.request).get(pk=pk)
        except ValueError as error:
            raise Http404 from error


class ChosenMultipleView(ChosenMultipleViewMixin, ImageChosenResponseMixin, View):
    """The same for several."""

    def get_objects(self, pks: list[str]) -> models.QuerySet[Picture]:
        return choosable(self.request).filter(pk__in=[pk for pk in pks if pk.isdigit()])


class CreateView(_Upload, CreateViewMixin, ImageChosenResponseMixin, View):
    """Takes an upload and chooses it."""

    def post(self, request: HttpRequest) -> HttpResponse:
        self.form = form = self.get_creation_form()
        if form.is_valid():
            try:
                picture = upload_from(request, form)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                return self.get_chosen_response(picture)
        return self.get_reshow_creation_form_response()


def upload_from(request: HttpRequest, form: PictureUpload) -> Picture:
    """Add the picture of a valid form; raises the refusals of add_picture."""
    given = form.cleaned_data
    return services.add_picture(
        actor=request.user,
        space_id=form.chosen_space(),
        upload=given["file"],
        title=given["title"],
        description=given["description"],
        focus=given["focus"],
    )


class PictureChooserViewSet(ChooserViewSet):
    """Our chooser under its own name."""

    name = "picture_chooser"
    url_prefix = "pictures/choose"
    model = Picture
    icon = "image"
    register_widget = False
    choose_one_text = _("Choose a picture")
    choose_another_text = _("Another picture")
    edit_item_text = _("Edit this picture")
    search_tab_label = _("Pictures")
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    create_view_class = CreateView
