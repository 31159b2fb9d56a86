"""Bringing a text in that was written elsewhere: a Word document, or an article copied from WeChat."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from fenjin.kit.access import needs
from fenjin.kit.errors import Refusal
from fenjin.kit.viewsets import chosen_space, space_field
from fenjin.kit.widgets import FilePicker
from fenjin.newsroom.imports import read_page, read_word
from fenjin.newsroom.imports.fetching import fetcher
from fenjin.newsroom.services.importing import TakenIn, take_in
from fenjin.spaces.access import allowed_to
from fenjin.spaces.selectors import spaces_to_add_in

MOST_PICTURES: Final = 60


ADDS = allowed_to("newsroom.add_article")


class SeveralFiles(forms.FileField):
    """Any number of files; Django's own field keeps the last one only."""

    class Input(FilePicker):
        """A file field that takes several."""

        allow_multiple_selected = True

    widget = Input

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        """Return the files, at most sixty."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFiles, self).clean(one, initial) for one in given[:MOST_PICTURES]]


class TextToTakeIn(forms.Form):
    """One of the two ways; the server names the space."""

    word = forms.FileField(
        label=_("Word document"),
        required=False,
        widget=FilePicker({"accept": ".docx"}, icon="doc"),
        help_text=_(
            "A .docx of up to 30 MB. Headings, lists, tables and pictures come along; comments and names do not."
        ),
    )
    page = forms.CharField(
        label=_("Copied article"),
        required=False,
        max_length=4_000_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Open the article on a computer, select it all, copy, and paste it here."),
    )
    pictures = SeveralFiles(
        label=_("Its pictures, if they do not come by themselves"),
        required=False,
        widget=SeveralFiles.Input(
            {"accept": "image/*"}, icon="camera", choose=_("Choose pictures"), again=_("Other pictures")
        ),
        help_text=_("Save them from the article and choose them in its order."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=60, required=False, help_text=_("Empty: the title that stands in the text.")
    )

    def __init__(self, *arguments: Any, account: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.spaces = spaces_to_add_in(account, "newsroom.add_article")
        self.fields["space"] = space_field(self.spaces)

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("word") and not given.get("page", "").strip() and not self.errors:
            raise forms.ValidationError(_("Choose a Word document, or paste an article."))
        return given


@needs(ADDS)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a text in as a draft and go on with it in the editor."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TextToTakeIn(*sent, account=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            manuscript = read_word(given["word"]) if given["word"] else read_page(given["page"])
            taken = take_in(
                actor=request.user,
                space_id=chosen_space(given.get("space"), form.spaces),
                manuscript=manuscript,
                title=given["title"],
                fetch=fetcher(),
                pictures=given["pictures"],
            )
        except Refusal as refusal:
            form.add_error("word" if given["word"] else "page", str(refusal))
        else:
            _tell(request, taken)
            return redirect("articles:edit", taken.article.pk)
    status = 422 if form.is_bound else 200
    return render(request, "newsroom/studio/bring.html", {"form": form}, status=status)


def _tell(request: HttpRequest, taken: TakenIn) -> None:
    """Say what came in, and what did not."""
    pictures = ngettext("%(count)d picture", "%(count)d pictures", taken.pictures) % {"count": taken.pictures}
    came = gettext("The draft is there, with %(pictures)s. Read it through, then publish.")
    messages.success(request, came % {"pictures": pictures})
    for sentence, count in taken.left_out:
        messages.warning(request, f"{sentence} (×{count})" if count > 1 else sentence)
