"""Drawn sheets are kept as files under a name that holds all they were drawn from, so that each is drawn once."""

import hashlib
import threading
from collections.abc import Callable
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from fenjin.kit.paper.story import Story

DRAWING: Final = 3  # raise it when a sheet comes to look different
_one_at_a_time = threading.Lock()  # a poster costs a second of one core: one process draws one at a time


def kept(article: Any, story: Story, shape: str, kind: str, draw: Callable[[], bytes]) -> bytes:
    """Return the bytes of a shape ("poster-a4-one") of an article as a file of `kind`; drawn at the first call.

    The caller has asked whether the reader may see the article. Files of older versions are taken away.
    """
    folder = f"shapes/{article.uid.hex}"
    told = hashlib.sha256(repr((DRAWING, story)).encode()).hexdigest()[:20]
    name = f"{folder}/{shape}-{told}.{kind}"
    if not default_storage.exists(name):
        with _one_at_a_time:
            if not default_storage.exists(name):
                _clear(folder, told)
                default_storage.save(name, ContentFile(draw()))
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def _clear(folder: str, told: str) -> None:
    if not default_storage.exists(folder):
        return
    _folders, files = default_storage.listdir(folder)
    for file in files:
        # Two languages stand side by side; more than a few versions do not.
        if told not in file and len(files) > 12:
            default_storage.delete(f"{folder}/{file}")
