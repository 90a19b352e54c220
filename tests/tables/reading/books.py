"""Workbooks written by hand, as no program writes them."""

import zipfile
from pathlib import Path

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEETS = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{RELATED}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
START = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{RELATED}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def sheet_xml(rows: str, behind: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATED}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def cell(place: str, value: str = "1") -> str:
    """Return a row with one cell."""
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>{value}</v></c></row>'


def xlsx(path: Path, rows: str = cell("A1"), parts: dict[str, str] | None = None, behind: str = "") -> Path:
    """Write a workbook of one sheet; `parts` are added, or replace its own."""
    all_parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": START,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": SHEETS,
        SHEET: sheet_xml(rows, behind),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in all_parts.items():
            archive.writestr(part, text)
    return path


def ods(path: Path, rows: str, manifest: str = "") -> Path:
    """Write an OpenDocument sheet `S`."""
    content = (
        f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", SPREADSHEET, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{MANIFEST}">{manifest}</m:manifest>',
        )
        archive.writestr("content.xml", content)
    return path


def ods_row(*texts: str, repeated: int = 1, columns: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'
