"""The parts of a zipped workbook: xlsx, xlsb, ods. Each is checked before anybody relies on it.

What the directory of a zip says of a part may be a lie, so the parts are also inflated, in pieces.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from urlguard.errors import ListError

PARTS: Final = 5_000
"""Most parts of a workbook; a sheet is one, and each picture."""
DIRECTORY: Final = 2 << 20
"""Most bytes of the directory of a zip."""
INFLATED: Final = 2 << 30
"""Most bytes of all parts together that hold cells, inflated."""
RATIO: Final = 100
"""Most inflated bytes for a packed one, in a large part. Deflate reaches 1,032; sheets reach 6 (texts) to
16 (the same word in each cell)."""
LARGE: Final = 16 << 20
"""Inflated bytes up to which any ratio is harmless."""
PIECE: Final = 1 << 18
"""Bytes that are inflated at once."""

_END: Final = b"PK\x05\x06"
_TAIL: Final = 22 + 0xFFFF
"""The end of a zip and the longest comment behind it."""
_LOCAL: Final = 30
"""Bytes of the header before a part, without name and extra field."""
_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<[A-Za-z_]", re.DOTALL)
"""What may stand before the first element of an XML part; a DOCTYPE may not."""
_REBUILT: Final = "open it in Excel or LibreOffice and save it anew"


def parts(path: Path, name: str) -> list[zipfile.ZipInfo]:
    """Return the parts of a workbook that hold data, in the order of its directory.

    Raises `ListError` for what is no zip, is protected, or claims more than a workbook can hold.
    """
    with path.open("rb") as file:
        _small_directory(file, name)
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ListError(f"{name}: broken zip: {error}", _REBUILT) from None
    if len({info.filename.lower() for info in found}) < len(found):
        raise ListError(f"{name}: two parts of it have the same name", _REBUILT)
    found = [info for info in found if info.filename.lower().endswith((".xml", ".rels", ".bin"))]
    for info in found:
        _plausible(info, name)
    total = sum(info.file_size for info in found)
    if total > INFLATED:
        raise ListError(f"{name}: inflates to {total:,} bytes, more than {INFLATED:,}", "split the workbook")
    return found


def _small_directory(file: BinaryIO, name: str) -> None:
    """Refuse a directory that would take long to read."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _TAIL))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise ListError(f"{name}: broken zip: cut off", "copy or download it again")
    count = int.from_bytes(tail[end + 10 : end + 12], "little")
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    if count > PARTS or size > DIRECTORY:
        raise ListError(f"{name}: has more than {PARTS:,} parts, as no workbook has", _REBUILT)


def _plausible(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & 1:
        raise protected(name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ListError(f"{name}: {info.filename} is compressed as no workbook is", _REBUILT)
    if info.file_size > max(LARGE, RATIO * info.compress_size):
        raise ListError(
            f"{name}: {info.filename} inflates from {info.compress_size:,} to {info.file_size:,} bytes, "
            "as only a trap does",
            "copy the rows in use to a new workbook",
        )


def protected(name: str) -> ListError:
    """Return the error for a workbook that nobody can read without its password."""
    return ListError(
        f"{name}: is protected with a password", "open it in Excel and save it without one, then scan that"
    )


def pieces(file: BinaryIO, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield the bytes of a part, inflated.

    Raises `ListError` when that is not what the directory says, or is XML with a DOCTYPE, which
    workbooks do not have and which can define entities.
    """
    total = 0
    for piece in _inflated(file, info):
        if total == 0 and not info.filename.lower().endswith(".bin"):
            _without_doctype(piece, info.filename, name)
        total += len(piece)
        if total > info.file_size:
            break
        yield piece
    if total != info.file_size:
        raise ListError(f"{name}: {info.filename} is not as long as the zip says", _REBUILT)


def _inflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(info.header_offset)
    header = file.read(_LOCAL)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = info.compress_size
    if info.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (data := file.read(min(left, PIECE))):
            left -= len(data)
            yield data
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = b""
    while not inflater.eof:
        if not data:
            data = file.read(min(left, PIECE))
            left -= len(data)
        try:
            piece = inflater.decompress(data, PIECE)
        except zlib.error:
            return  # shorter than the directory says
        if piece:
            yield piece
        elif not data:
            return
        data = inflater.unconsumed_tail


def _without_doctype(piece: bytes, part: str, name: str) -> None:
    """Refuse XML that does not begin with its first element; UTF-16 is read for this as ASCII."""
    plain = piece.lstrip(b"\xff\xfe").replace(b"\0", b"") if b"\0" in piece[:64] else piece
    if not plain.strip() or _PROLOG.match(plain):
        return
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ListError(f"{name}: {part} has a DOCTYPE, which can hide a trap and no workbook has", _REBUILT)
    raise ListError(f"{name}: {part} is no XML", _REBUILT)
