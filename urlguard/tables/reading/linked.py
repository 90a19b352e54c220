"""A zipped workbook looked through once: every part checked, hyperlinks of each sheet found."""

import posixpath
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers.expat import ExpatError
from zipfile import ZipInfo

from urlguard.errors import ListError
from urlguard.tables.reading.hyperlinks import Links, elements, links_of_sheet
from urlguard.tables.reading.opendocument import has_links, links_of_tables
from urlguard.tables.reading.zipped import parts, pieces, protected

_SMALL: Final = 16 << 20
"""Most bytes of a part that is parsed as a whole: lists of sheets, targets of hyperlinks."""


def links_of_workbook(path: Path, name: str) -> dict[str, Links]:
    """Return the hyperlinks of sheets by their names, for xlsx and ods. Raises `ListError`."""
    found = {info.filename.lower(): info for info in parts(path, name)}
    with path.open("rb") as file:
        try:
            if "content.xml" in found:
                return _opendocument(file, found, name)
            return _excel(file, found, name)
        except ExpatError as error:
            raise ListError(f"{name}: broken XML: {error}", "open it in Excel and save it anew") from None


def _excel(file: BinaryIO, found: dict[str, ZipInfo], name: str) -> dict[str, Links]:
    sheets = _sheets(file, found, name)
    links = {}
    for part, info in found.items():
        stream = pieces(file, info, name)
        if part in sheets and part.endswith(".xml"):
            related = _related(file, found, part, name)
            links[sheets[part]] = links_of_sheet(stream, related, name)
        else:
            for _ in stream:
                pass
    return links


def _sheets(file: BinaryIO, found: dict[str, ZipInfo], name: str) -> dict[str, str]:
    """Return the names of sheets by their parts."""
    documents = [
        _part("", entry.get("Target", ""))
        for entry in _listed(file, found, "_rels/.rels", "Relationship", name)
        if entry.get("Type", "").endswith("/officeDocument")
    ]
    book = documents[0] if documents else "xl/workbook.xml"
    targets = _related(file, found, book, name)
    return {
        _part(posixpath.dirname(book), targets[sheet["id"]]): sheet["name"]
        for sheet in _listed(file, found, book, "sheet", name)
        if sheet.get("id") in targets and "name" in sheet
    }


def _part(folder: str, target: str) -> str:
    """Return the part that a target means; it counts from the folder of the part that names it."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()


def _opendocument(file: BinaryIO, found: dict[str, ZipInfo], name: str) -> dict[str, Links]:
    for part, info in found.items():
        if part == "meta-inf/manifest.xml":
            if _listed(file, found, part, "encryption-data", name):
                raise protected(name)
        elif part != "content.xml":
            for _ in pieces(file, info, name):
                pass
    content = found["content.xml"]
    if not has_links(pieces(file, content, name), name):
        return {}
    return links_of_tables(pieces(file, content, name), name)


def _related(file: BinaryIO, found: dict[str, ZipInfo], part: str, name: str) -> dict[str, str]:
    """Return the targets that a part names, by their ids."""
    folder, leaf = posixpath.split(part)
    listed = _listed(file, found, f"{folder}/_rels/{leaf}.rels", "Relationship", name)
    return {entry["Id"]: entry["Target"] for entry in listed if "Id" in entry and "Target" in entry}


def _listed(
    file: BinaryIO, found: dict[str, ZipInfo], part: str, element: str, name: str
) -> list[dict[str, str]]:
    info = found.get(part)
    if info is None:
        return []
    if info.file_size > _SMALL:
        raise ListError(
            f"{name}: {part} holds {info.file_size:,} bytes, as in no workbook", "split the workbook"
        )
    return elements(b"".join(pieces(file, info, name)), element)
