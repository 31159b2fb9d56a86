"""The documents and recordings of a space, and the page of each."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from fenjin.kit.db import listing
from fenjin.kit.errors import NotFound, Refusal
from fenjin.kit.viewsets import StudioModelViewSet
from fenjin.media import services
from fenjin.media.forms import FileUpload, FileWords
from fenjin.media.models import MediaFile
from fenjin.media.selectors.files import offered
from fenjin.media.wagtail_hooks.file_choosers import upload_from

PER_PAGE: Final = 25
KINDS: Final = {"document": _("Documents"), "recording": _("Recordings")}


def kind_of(value: str) -> str:
    """Return a kind that there is; documents for anything else."""
    return value if value in KINDS else "document"


class FileIndex(PermissionCheckedMixin, View):
    """One table a kind."""

    model = MediaFile
    any_permission_required = ["add", "change"]

    def get(self, request: HttpRequest) -> HttpResponse:
        kind, words = kind_of(request.GET.get("kind", "")), request.GET.get("q", "").strip()[:80]
        policy = policy_registry.get_by_type(MediaFile)
        rows = policy.instances_user_has_any_permission_for(request.user, ["change", "choose"]).filter(kind=kind)
        if words:
            rows = rows.filter(title__icontains=words)
        several = rows.select_related("space", "uploaded_by__person").order_by("-created_at", "-pk")
        page = Paginator(listing(several), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "page": page,
            "files": [(file, offered(file)) for file in page],
            "kind": kind,
            "kinds": KINDS.items(),
            "words": words,
        }
        return render(request, "media/studio/files.html", context)


class _FilePage(PermissionCheckedMixin, View):
    model = MediaFile

    def load(self, pk: int) -> MediaFile:
        """Return the file; raises NotFound unless the account may change it."""
        file = MediaFile.objects.select_related("space", "uploaded_by__person").filter(pk=pk).first()
        if file is None or not self.user_has_permission_for_instance("change", file):
            raise NotFound
        found: MediaFile = file
        return found


class FileAdd(_FilePage):
    """Upload one file of a kind."""

    permission_required = "add"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise NotFound
        return self._page(request, FileUpload(account=request.user, kind=kind), kind)

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise NotFound
        form = FileUpload(request.POST, request.FILES, account=request.user, kind=kind)
        if form.is_valid():
            try:
                upload_from(request, form, kind)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, gettext("The file is there. Put it into an article to offer it."))
                return redirect(f"{reverse('files:index')}?kind={kind}")
        return self._page(request, form, kind, status=422)

    def _page(self, request: HttpRequest, form: FileUpload, kind: str, status: int = 200) -> HttpResponse:
        return render(request, "media/studio/file_add.html", {"form": form, "kind": kind}, status=status)


class FileEdit(_FilePage):
    """Words of one file, and its withdrawal."""

    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = self.load(pk)
        known = {"title": file.title, "transcript": file.transcript}
        return self._page(request, file, FileWords(initial=known, kind=file.kind))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = self.load(pk)
        if "withdraw" in request.POST:
            services.withdraw_file(actor=request.user, file=file)
            messages.success(request, gettext("The file is withdrawn: nobody can open it any more."))
            return redirect("files:edit", pk=pk)
        if "return" in request.POST:
            services.return_file(actor=request.user, file=file)
            messages.success(request, gettext("The file can be opened again."))
            return redirect("files:edit", pk=pk)
        form = FileWords(request.POST, kind=file.kind)
        if not form.is_valid():
            return self._page(request, file, form, status=422)
        services.describe_file(actor=request.user, file=file, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect(_list_of(file))

    def _page(self, request: HttpRequest, file: MediaFile, form: FileWords, status: int = 200) -> HttpResponse:
        context = {"kept": file, "by": file.uploaded_by, "back": _list_of(file), "offered": offered(file), "form": form}
        return render(request, "media/studio/file_edit.html", context, status=status)


def _list_of(file: MediaFile) -> str:
    return f"{reverse('files:index')}?kind={file.kind}"


class FileViewSet(StudioModelViewSet):
    """Everything under /studio/files/."""

    name = "files"
    model = MediaFile
    icon = "doc-full-inverse"
    menu_label = _("Files")
    lead = _("Documents to take along and recordings to listen to.")
    add_to_admin_menu = True
    copy_view_enabled = False
    form_fields = ("title",)

    def get_urlpatterns(self) -> list[Any]:
        """Return only what we draw ourselves: list, add and edit. Nothing is deleted, only withdrawn."""
        return [
            path("", self.construct_view(FileIndex), name="index"),
            path("add/<slug:kind>/", self.construct_view(FileAdd), name="add"),
            path("edit/<int:pk>/", self.construct_view(FileEdit), name="edit"),
        ]
