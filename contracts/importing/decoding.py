"""Bytes to text: the byte-order mark decides, then UTF-8; anything else only after asking.

cp1252 can decode almost any bytes, so a guess would turn every other encoding into quiet nonsense:
the user is asked first (`UnreadableFile.code == "encoding_unknown"`).
"""

import codecs
import io
from collections.abc import Iterator
from typing import Final

from contracts.importing.limits import MAX_FILE_BYTES
from contracts.importing.problems import UnreadableFile, gettext_noop

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASKED_FOR: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
}
_CHUNK_BYTES: Final = 1024 * 1024


def reject_other_kinds(data: bytes) -> None:
    """Raise `UnreadableFile` for what is neither text nor XLSX, by its content, not its name."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(
            "too_big",
            gettext_noop("The file is larger than %(megabytes)s MB. Export a shorter period."),
            megabytes=MAX_FILE_BYTES // (1024 * 1024),
        )
    if not data.strip() or data in {mark for mark, _ in _BYTE_ORDER_MARKS}:
        raise UnreadableFile("empty", gettext_noop("The file is empty."))
    start = data[:1024].lstrip()
    if start.startswith(b"%PDF"):
        raise UnreadableFile(
            "pdf",
            gettext_noop(
                "This is a PDF file, whatever its name. Export the report as CSV instead."
            ),
        )
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _reject_old_office(data)
    if start.removeprefix(codecs.BOM_UTF8).lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableFile(
            "web_page",
            gettext_noop("This is a web page, not an export. Download the CSV file itself."),
        )


def _reject_old_office(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(
            "encrypted",
            gettext_noop("The workbook has a password. Save it without one, or as CSV."),
        )
    raise UnreadableFile(
        "old_excel",
        gettext_noop("This is an old Excel file (.xls). Save it as XLSX or CSV."),
    )


def decode(data: bytes, encoding: str | None) -> tuple[Iterator[str], str]:
    """Return the physical lines of `data`, line ends kept, and the encoding's name.

    A byte-order mark wins over `encoding`. Lines end with LF, CR LF or CR only: not at the exotic
    separators where `str.splitlines` would break a title in two. Raises `UnreadableFile`.
    """
    name, start = _encoding_of(data, encoding)
    _check(data, start, name)
    stream = io.BytesIO(data)
    stream.seek(start)
    return io.TextIOWrapper(stream, encoding=name, errors="strict", newline=""), name


def _encoding_of(data: bytes, encoding: str | None) -> tuple[str, int]:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name, len(mark)
    if not encoding:
        return "utf-8", 0
    try:
        return _ASKED_FOR[encoding.strip().lower()], 0
    except KeyError:
        raise UnreadableFile(
            "encoding_unsupported",
            gettext_noop("The encoding “%(encoding)s” is not one that can be read."),
            encoding=encoding[:40],
        ) from None


def _check(data: bytes, start: int, name: str) -> None:
    """Decode all of it once, piece by piece, so that a bad byte is found before any row is read."""
    if name in _ASKED_FOR.values() and (nul := data.find(b"\0", start)) >= 0:
        raise _binary(1 + data.count(b"\n", 0, nul))
    decoder = codecs.getincrementaldecoder(name)(errors="strict")
    line = 1
    for position in range(start, len(data), _CHUNK_BYTES):
        chunk = data[position : position + _CHUNK_BYTES]
        last = position + _CHUNK_BYTES >= len(data)
        try:
            text = decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            valid = error.object[: error.start].decode(name, errors="ignore")
            raise _undecodable(name, line + valid.count("\n")) from None
        if (nul := text.find("\0")) >= 0:
            raise _binary(line + text.count("\n", 0, nul))
        line += text.count("\n")


def _binary(line: int) -> UnreadableFile:
    return UnreadableFile(
        "binary",
        gettext_noop(
            "Line %(line)s holds a NUL byte: the file is damaged or is not text. "
            "Save it again as CSV (UTF-8)."
        ),
        line=line,
    )


def _undecodable(name: str, line: int) -> UnreadableFile:
    if name == "utf-8":
        return UnreadableFile(
            "encoding_unknown",
            gettext_noop(
                "Line %(line)s is not UTF-8. If an older program on Windows saved the file, say "
                "that its encoding is Windows (cp1252)."
            ),
            line=line,
        )
    return UnreadableFile(
        "encoding_wrong",
        gettext_noop(
            "Line %(line)s is not in the encoding %(encoding)s. Save the file again as CSV (UTF-8)."
        ),
        line=line,
        encoding=name,
    )
