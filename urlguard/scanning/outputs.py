"""Outputs of a scan: grown under other names, and put in place when all of them are whole."""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from urlguard.errors import UsageError
from urlguard.tables.rows import Head, Scanned
from urlguard.tables.writing.alone import alone
from urlguard.tables.writing.growing import Growing, csv_output, jsonl_output, sarif_output, spool_output

if TYPE_CHECKING:
    from io import FileIO

    from urlguard.scanning.summing import Sums

PART: Final = ".part"
"""What stands behind the name of an output while it is not whole."""
SPOOL: Final = ".rows"
"""What stands behind the name of the first output for the file that books are made from."""

_GROWING: Final[Mapping[str, Callable[..., Growing]]] = {
    ".csv": csv_output, ".jsonl": jsonl_output, ".ndjson": jsonl_output, ".sarif": sarif_output,
}  # fmt: skip
_MADE: Final = (".xlsx", ".parquet")
_NEEDS: Final = {".xlsx": ("xlsxwriter", "xlsx"), ".parquet": ("pyarrow", "parquet")}
"""Libraries that are installed with an extra."""
_REPORT: Final = (".html", ".htm")
KINDS: Final = (*_GROWING, *_MADE, *_REPORT)
"""Endings of the outputs that can be written."""


class Outputs:
    """All outputs of one run."""

    def __init__(self, paths: Sequence[Path], head: Head, state: Mapping[str, Any] | None = None) -> None:
        """Begin all outputs, or go on with them where `state` (of `sync`) says.

        Raises `UsageError` when one cannot be written.
        """
        self._paths = paths
        self._head = head
        self._growing: dict[Path, Growing] = {}
        self._spool: Path | None = None
        self._held: dict[Path, FileIO] = {}
        """What is only made at the end, so that no other scan makes it."""
        self._placed = False
        self.sums: Sums | None = None
        sizes: Mapping[str, int] = state["sizes"] if state else {}
        _unused(paths)
        if state is not None and state["whole"]:
            _take_back(paths)
        try:
            for path in paths:
                kind = kind_of(path)
                if kind in _GROWING:
                    self._open(path, _part(path), _GROWING[kind], sizes)
                elif kind in _MADE and self._spool is None:
                    self._spool = paths[0].with_name(paths[0].name + SPOOL + PART)
                    self._open(path, self._spool, spool_output, sizes)
                elif kind in _REPORT and self.sums is None:
                    self.sums = _sums(head, state)
                if kind not in _GROWING:
                    self._held[_part(path)] = alone(_part(path), new=True)
        except (OSError, UsageError) as error:
            self.close()
            if state is None:
                self._unmade()
            raise UsageError(unwritable(error) if isinstance(error, OSError) else str(error)) from None

    def _open(self, path: Path, part: Path, make: Callable[..., Growing], sizes: Mapping[str, int]) -> None:
        at = sizes.get(part.name)
        if sizes and (at is None or not part.is_file() or part.stat().st_size < at):
            message = f"{part}: what was written is not there any more\n  mend: begin anew with --restart"
            raise UsageError(message)
        more = {"delimiter": self._head.delimiter} if make is csv_output else {}
        self._growing[path] = make(part, self._head, at=at, **more)

    def rows(self, rows: Sequence[Scanned]) -> None:
        """Write rows, in the order of the input."""
        for output in self._growing.values():
            output.rows(rows)
        if self.sums is not None:
            self.sums.add(rows)

    def sync(self) -> dict[str, Any]:
        """Put on the disk what was written, and return what is needed to go on from here."""
        sizes = {self._part_of(path).name: output.sync() for path, output in self._growing.items()}
        return {"sizes": sizes, "sums": self.sums.state() if self.sums is not None else None}

    def finish(self, summary: "Callable[[Sums], Mapping[str, Any]]") -> None:
        """Make what can only be made at the end, then give every output its name."""
        for output in self._growing.values():
            output.finish()
        for path in self._paths:
            self._make(path, summary)
        self._release()
        for path in self._paths:
            _part(path).replace(path)
        _sync_folders({path.parent for path in self._paths})
        self._placed = True

    def _make(self, path: Path, summary: "Callable[[Sums], Mapping[str, Any]]") -> None:
        kind = kind_of(path)
        if kind == ".xlsx" and self._spool is not None:
            from urlguard.tables.writing.xlsx import xlsx_from  # noqa: PLC0415  (an extra)

            xlsx_from(self._spool, _part(path), self._head)
        elif kind == ".parquet" and self._spool is not None:
            from urlguard.tables.writing.parquet import parquet_from  # noqa: PLC0415  (an extra)

            parquet_from(self._spool, _part(path), self._head)
        elif kind in _REPORT and self.sums is not None:
            from urlguard.reports.html.page import page  # noqa: PLC0415  (only for a report)

            with _part(path).open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(page(summary(self.sums), self._head.texts, self._head.lang))
                out.flush()
                os.fsync(out.fileno())

    def close(self) -> None:
        """Close what is open and leave it as it is, but for the rows of books that are in place.

        These rows go last, when nothing says any more that the run could be gone on with.
        """
        for output in self._growing.values():
            output.close()
        self._release()
        if self._placed and self._spool is not None:
            self._spool.unlink(missing_ok=True)

    def _release(self) -> None:
        for file in self._held.values():
            file.close()

    def _unmade(self) -> None:
        """Remove what was begun, and nothing else: another scan may be writing the others."""
        for part in (*map(self._part_of, self._growing), *self._held):
            part.unlink(missing_ok=True)

    def _part_of(self, path: Path) -> Path:
        if kind_of(path) in _MADE and self._spool is not None:
            return self._spool
        return _part(path)


def _sums(head: Head, state: Mapping[str, Any] | None) -> "Sums":
    from urlguard.scanning.summing import Sums  # noqa: PLC0415  (only for a report)

    return Sums.restored(state["sums"], head) if state else Sums(head)


def kind_of(path: Path) -> str:
    """Return the ending that says what an output is.

    Raises `UsageError` for one that says nothing, and when what writes it is not installed: that must
    not come out after hours of judging.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        message = f"{path}: what kind of output is this?\n  mend: end its name in {', '.join(KINDS)}"
        raise UsageError(message)
    library, extra = _NEEDS.get(kind, ("", ""))
    if library and find_spec(library) is None:
        message = f"{path}: {library} is needed to write it\n  mend: pip install 'urlguard[{extra}]'"
        raise UsageError(message)
    return kind


def _take_back(paths: Sequence[Path]) -> None:
    """Undo the renaming of a run that was cut off while it put its outputs in place."""
    for path in paths:
        if kind_of(path) in _GROWING and not _part(path).exists() and path.exists():
            path.replace(_part(path))


def forget(paths: Sequence[Path]) -> None:
    """Remove what an earlier run left unfinished. Raises `UsageError` when that run still goes on."""
    _unused(paths)
    for part in parts(paths):
        part.unlink(missing_ok=True)


def _unused(paths: Sequence[Path]) -> None:
    """Raise `UsageError` when another scan writes one of these outputs."""
    for part in parts(paths):
        if part.is_file() and not part.is_symlink():
            try:
                alone(part, new=False).close()
            except OSError:
                continue  # that it cannot be written is said where it is


def parts(paths: Sequence[Path]) -> list[Path]:
    """Return the files that outputs are before they are whole."""
    return [*map(_part, paths), paths[0].with_name(paths[0].name + SPOOL + PART)]


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _sync_folders(folders: set[Path]) -> None:
    """Put new names on the disk; where folders cannot be opened (Windows) that is not needed."""
    for folder in folders:
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(error: OSError) -> str:
    """Return what to say of an output that cannot be written."""
    return (
        f"{error.filename or 'the output'} cannot be written: {error.strerror or error}\n"
        "  mend: name a folder that you may write to with room on its disk"
    )
