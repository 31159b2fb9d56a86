"""Recordings: MP3 and M4A, measured, and without what phones and programs write beside the sound.

MP3 is a row of frames (ISO/IEC 11172-3, 13818-3): everything that is not a frame (ID3, APE, pictures, names)
is left out. M4A is a tree of boxes (ISO/IEC 14496-12, 14496-14): boxes of notes become empty ones of the same
size, so that no position inside the file moves.
"""

from collections.abc import Iterator
from typing import IO, Any, Final

from django.utils.translation import gettext_lazy as _

from fenjin.kit.errors import Refusal
from fenjin.media.filing import Checked, read_whole

ACCEPT: Final = ".mp3,.m4a,audio/mpeg,audio/mp4"
LONGEST: Final = 2 * 3600  # seconds
_FEWEST_FRAMES: Final = 8
_FURTHEST_GAP: Final = 64 * 1024  # bytes that are no frames, between two that are
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by version bits
_BITRATES: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_NOTES: Final = frozenset({b"udta", b"meta", b"uuid", b"XMP_"})  # names, places, covers
_OPENED: Final = frozenset({b"moov", b"trak", b"mdia"})  # boxes that hold boxes we look at


class NotARecording(Refusal):
    """The file holds no sound that phones play."""

    code = "not_a_recording"
    status = 422
    sentence = _("This is not a recording that phones can play. Save it as MP3 or M4A and try again.")


class RecordingTooLong(Refusal):
    """Longer than anybody listens to."""

    code = "recording_too_long"
    status = 422
    sentence = _("This recording is longer than two hours. Offer it in parts.")


def check_recording(upload: IO[bytes] | Any) -> Checked:
    """Return the sound alone, with its length. Raises NotARecording, RecordingTooLong, FileTooLarge."""
    content = read_whole(upload)
    checked = _m4a(content) if content[4:8] == b"ftyp" else _mp3(content)
    if checked.seconds > LONGEST:
        raise RecordingTooLong
    return checked


def _mp3(content: bytes) -> Checked:
    kept, seconds, frames = bytearray(), 0.0, 0
    for start, length, lasts in _frames(content):
        kept += content[start : start + length]
        seconds += lasts
        frames += 1
    if frames < _FEWEST_FRAMES:
        raise NotARecording
    return Checked("mp3", bytes(kept), max(1, round(seconds)))


def _frames(content: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield start, length and seconds of each frame of layer III that is whole and followed by its like."""
    at = _after_id3(content)
    gap = 0
    while at + 4 <= len(content):
        length, lasts = _frame(content, at)
        if length and at + length <= len(content) and _goes_on(content, at + length):
            yield at, length, lasts
            at, gap = at + length, 0
            continue
        at, gap = content.find(b"\xff", at + 1), gap + 1
        if at < 0 or gap > _FURTHEST_GAP:
            return


def _goes_on(content: bytes, at: int) -> bool:
    """Tell whether another frame, the end, or one of the known trailers stands at a position."""
    return at >= len(content) - 4 or bool(_frame(content, at)[0]) or content[at : at + 3] in (b"TAG", b"APE", b"LYR")


def _frame(content: bytes, at: int) -> tuple[int, float]:
    """Return length in bytes and in seconds of the frame at a position; (0, 0) when there is none."""
    first, second, third = content[at], content[at + 1], content[at + 2]
    if first != 0xFF or second & 0xE0 != 0xE0:
        return 0, 0.0
    version, layer = second >> 3 & 3, second >> 1 & 3
    bits, rate_index = third >> 4, third >> 2 & 3
    if version == 1 or layer != 1 or bits in (0, 15) or rate_index == 3:
        return 0, 0.0
    full = version == 3
    rate = _RATES[version][rate_index]
    samples = 1152 if full else 576
    length = samples // 8 * _BITRATES[full][bits] * 1000 // rate + (third >> 1 & 1)
    return length, samples / rate


def _after_id3(content: bytes) -> int:
    """Return where the first frame may stand: behind the ID3v2 note, whose length is written in sevens of bits."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if content[5] & 0x10 else 0)


def _m4a(content: bytes) -> Checked:
    kept = bytearray(content)
    seconds, handlers = 0.0, []
    for at, name, start, end in _boxes(content, 0, len(content)):
        if name in _NOTES:
            kept[at + 4 : at + 8] = b"free"
            kept[start:end] = bytes(end - start)
        elif name == b"mvhd":
            seconds = _length(content[start:end])
        elif name == b"hdlr":
            handlers.append(content[start + 8 : start + 12])
    if handlers != [b"soun"] or seconds <= 0 or b"mp4a" not in content:
        raise NotARecording
    return Checked("m4a", bytes(kept), max(1, round(seconds)))


def _boxes(content: bytes, at: int, end: int, depth: int = 0) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield (place, name, start of what is inside, end) of the boxes down to what we look at; raises NotARecording."""
    while at + 8 <= end:
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        inside = at + 8
        if size == 1:  # a longer length follows
            size, inside = int.from_bytes(content[at + 8 : at + 16]), at + 16
        stop = end if size == 0 else at + size
        if stop < inside or stop > end:
            raise NotARecording
        yield at, name, inside, stop
        if name in _OPENED and depth < 4:
            yield from _boxes(content, inside, stop, depth + 1)
        at = stop


def _length(header: bytes) -> float:
    """Return the seconds that a movie header tells; version 1 has wider numbers."""
    if len(header) < 20 or (header[0] == 1 and len(header) < 32):
        return 0.0
    scale, units = (header[20:24], header[24:32]) if header[0] == 1 else (header[12:16], header[16:20])
    return int.from_bytes(units) / (int.from_bytes(scale) or 1)
