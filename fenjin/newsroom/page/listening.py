"""How an article is listened to: a recording of the whole text that the editor gave, or the device's own voice."""

from typing import Any

from fenjin.kit.components import Listen
from fenjin.media.selectors import files


def reads_it_all(part: Any) -> bool:
    """Tell whether a stored part of a body is a recording of the whole article."""
    return bool(part["type"] == "audio" and part["value"].get("whole") and part["value"].get("recording"))


def listen_of(body: Any) -> Listen:
    """Return what stands under the title: the first recording of the whole that is there, else the device's voice."""
    ids = [int(part["value"]["recording"]) for part in body.raw_data if reads_it_all(part)]
    found = files.files_by_id(ids) if ids else {}
    recording = next((found[pk] for pk in ids if pk in found), None)
    if recording is None:
        return Listen()
    offered = files.offered(recording)
    return Listen(src=offered.href, length=offered.length)
