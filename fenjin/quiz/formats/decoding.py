"""Bytes as text, in the encodings in which question banks travel."""

from fenjin.quiz.formats.incoming import LARGEST, BankDamaged, BankTooLarge

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises BankTooLarge, BankDamaged."""
    if len(data) > LARGEST:
        raise BankTooLarge
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise BankDamaged
