"""An XLSX file as a zip archive: unpacked within bounds, or refused.

A zip bomb is a few kilobytes that unpack to gigabytes. So the table of contents is measured before
Python reads it, then the declared sizes, then what each part really unpacks to, piece by piece:
nothing is ever unpacked as a whole.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Final

from contracts.importing.limits import (
    MAX_XLSX_DIRECTORY_BYTES,
    MAX_XLSX_ENTRIES,
    MAX_XLSX_RATIO,
    MAX_XLSX_UNPACKED_BYTES,
    SMALL_XLSX_BYTES,
)
from contracts.importing.problems import UnreadableFile, gettext_noop

ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_LOCATOR_64: Final = b"PK\x06\x07"
_CHUNK_BYTES: Final = 128 * 1024
_ENCRYPTED_FLAG: Final = 0x1
_COMPRESSIONS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """The parts of an XLSX file by name, unpacked in pieces."""

    def __init__(self, data: bytes) -> None:
        """Open the archive. Raises `UnreadableFile` where it is not safe to unpack."""
        _check_directory(data)
        self._packed = len(data)
        self._unpacked = 0
        with _damage_reported():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        _check_entries(entries)
        self._check_size(_declared_size(entries))
        self._entries = {entry.filename: entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of one part; declared sizes can lie, so they are counted."""
        entry = self._entries.get(name)
        if entry is None:
            raise damaged()
        with _damage_reported():
            part = self._zip.open(entry)
        with part:
            while piece := self._piece(part):
                yield piece

    def _piece(self, part: IO[bytes]) -> bytes:
        with _damage_reported():
            piece = part.read(_CHUNK_BYTES)
        self._unpacked += len(piece)
        self._check_size(self._unpacked)
        return piece

    def _check_size(self, unpacked: int) -> None:
        too_dense = unpacked > SMALL_XLSX_BYTES and unpacked > self._packed * MAX_XLSX_RATIO
        if unpacked > MAX_XLSX_UNPACKED_BYTES or too_dense:
            raise _bomb()


def damaged() -> UnreadableFile:
    """Return the complaint about a workbook that is broken in whatever way."""
    return UnreadableFile(
        "xlsx_broken",
        gettext_noop("The workbook is damaged. Open it in a spreadsheet and save it again."),
    )


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Turn all that zipfile raises for a broken archive into one complaint."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,  # also UnicodeDecodeError: names in no known encoding
    ) as error:
        raise damaged() from error


def _check_directory(data: bytes) -> None:
    """Measure the table of contents, which Python's zipfile reads as a whole without asking."""
    end = data.rfind(_END)
    if end < 0 or end + 22 > len(data):
        raise damaged()
    (size,) = struct.unpack_from("<L", data, end + 12)
    if data[max(0, end - 20) : end].startswith(_LOCATOR_64):
        # a large archive's table, as writers have it: right before its locator
        (start_64,) = struct.unpack_from("<Q", data, end - 20 + 8)
        if start_64 != end - 76 or not data.startswith(_END_64, start_64):
            raise damaged()
        (size,) = struct.unpack_from("<Q", data, start_64 + 40)
    if size > MAX_XLSX_DIRECTORY_BYTES:
        raise _bomb()


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_XLSX_ENTRIES:
        raise _bomb()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFile(
            "encrypted",
            gettext_noop("The workbook has a password. Save it without one, or as CSV."),
        )
    if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
        raise damaged()


def _declared_size(entries: Sequence[zipfile.ZipInfo]) -> int:
    return sum(entry.file_size for entry in entries)


def _bomb() -> UnreadableFile:
    return UnreadableFile(
        "zip_bomb",
        gettext_noop(
            "The workbook unpacks to far more than an export holds. "
            "Save just the table, as XLSX or CSV."
        ),
    )
