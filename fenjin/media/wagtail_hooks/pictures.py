"""The list of a space's pictures, and the page of each."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.viewsets import StudioModelViewSet
from fenjin.media import services
from fenjin.media.forms import PictureEdit, PictureUpload
from fenjin.media.models import Picture
from fenjin.media.wagtail_hooks.chooser import upload_from


class PictureIndex(IndexView):
    """A wall of pictures instead of a table."""

    template_name = "media/studio/index.html"
    results_template_name = "media/studio/index_results.html"
    default_ordering = "-created_at"
    paginate_by = 24
    add_item_label = _("Upload")
    any_permission_required = ["add", "change", "delete"]

    def get_base_queryset(self) -> models.QuerySet[Picture]:
        policy = policy_registry.get_by_type(Picture)
        rows: models.QuerySet[Picture] = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return rows.select_related("space")


class _PicturePage(PermissionCheckedMixin, View):
    model = Picture

    def load(self, pk: int) -> Picture:
        """Return the picture; raises NotFound unless the account may change it."""
        picture = Picture.objects.select_related("space", "uploaded_by_user__person").filter(pk=pk).first()
        if picture is None or not self.user_has_permission_for_instance("change", picture):
            raise NotFound
        return picture


class PictureAdd(_PicturePage):
    """Upload one picture."""

    permission_required = "add"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, PictureUpload(account=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PictureUpload(request.POST, request.FILES, account=request.user)
        if form.is_valid():
            try:
                upload_from(request, form)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, gettext("The picture is there."))
                return redirect("pictures:index")
        return self._page(request, form, status=422)

    def _page(self, request: HttpRequest, form: PictureUpload, status: int = 200) -> HttpResponse:
        return render(request, "media/studio/add.html", {"form": form}, status=status)


class PictureEditView(_PicturePage):
    """Words and important part of one picture, and its withdrawal."""

    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        picture = self.load(pk)
        return self._page(request, picture, PictureEdit(picture=picture))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        picture = self.load(pk)
        if "withdraw" in request.POST:
            services.withdraw_picture(actor=request.user, picture=picture)
            messages.success(request, gettext("The picture is withdrawn: nobody can open it any more."))
            return redirect("pictures:edit", pk=pk)
        if "return" in request.POST:
            services.return_picture(actor=request.user, picture=picture)
            messages.success(request, gettext("The picture can be seen again."))
            return redirect("pictures:edit", pk=pk)
        form = PictureEdit(request.POST, picture=picture)
        if not form.is_valid():
            return self._page(request, picture, form, status=422)
        services.describe_picture(actor=request.user, picture=picture, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("pictures:index")

    def _page(self, request: HttpRequest, picture: Picture, form: PictureEdit, status: int = 200) -> HttpResponse:
        context = {"kept": picture, "by": picture.uploaded_by_user, "back": reverse("pictures:index"), "form": form}
        return render(request, "media/studio/edit.html", context, status=status)


class PictureViewSet(StudioModelViewSet):
    """Everything under /studio/pictures/."""

    name = "pictures"
    model = Picture
    icon = "image"
    menu_label = _("Pictures")
    lead = _("Upload, say what a picture shows, withdraw it everywhere at once.")
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PictureIndex
    index_template_name = PictureIndex.template_name
    index_results_template_name = PictureIndex.results_template_name
    search_fields = ("title", "description")
    search_backend_name = None
    form_fields = ("title",)

    def get_urlpatterns(self) -> list[Any]:
        """Return only what we draw ourselves: list, add and edit. Nothing is deleted, only withdrawn."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("add/", PictureAdd.as_view(), name="add"),
            path("edit/<int:pk>/", PictureEditView.as_view(), name="edit"),
        ]
