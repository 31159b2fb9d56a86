"""What can be chosen for a poster: the paper, and one sheet or the whole text."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from fenjin.kit.paper.poster import SIZES
from fenjin.newsroom.page.article import wording_of

_AMOUNTS: Final = (("one", _("One sheet")), ("whole", _("Whole text")))


def wanted(request: HttpRequest) -> tuple[str, bool]:
    """Return (size, whole) as the address asks for it; A4 and one sheet for anything else."""
    size = request.GET.get("size", "")
    return size if size in SIZES else "a4", request.GET.get("text") == "whole"


def query(size: str, *, whole: bool) -> dict[str, str]:
    """Return the choice as it stands in an address."""
    return {"size": size, "text": "whole" if whole else "one"}


def sizes(size: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return the papers, each with its address and whether it is chosen."""
    return [
        {"name": name.upper(), "href": f"?{urlencode(query(name, whole=whole))}", "on": name == size} for name in SIZES
    ]


def amounts(size: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return one sheet and the whole text, each with its address and whether it is chosen."""
    return [
        {"name": name, "href": f"?{urlencode({'size': size, 'text': key})}", "on": (key == "whole") == whole}
        for key, name in _AMOUNTS
    ]


def title_of(request: HttpRequest, article: Any) -> str:
    """Return the title in the reader's language."""
    return wording_of(article, request.LANGUAGE_CODE).title
