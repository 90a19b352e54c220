"""Outputs that grow row by row, and can be gone on with at any size that `sync` returned."""

from collections.abc import Sequence
from typing import Protocol

from urlguard.tables.rows import Scanned
from urlguard.tables.writing.csv import csv_output
from urlguard.tables.writing.jsonl import jsonl_output
from urlguard.tables.writing.sarif import sarif_output
from urlguard.tables.writing.spool import spool_output

__all__ = ["Growing", "csv_output", "jsonl_output", "sarif_output", "spool_output"]


class Growing(Protocol):
    """A file that is written under another name and renamed by the caller when it is whole.

    The same rows give the same bytes, whatever the sizes of the batches and wherever it was gone
    on with. All methods raise `UsageError` when the disk refuses.
    """

    def rows(self, rows: Sequence[Scanned]) -> None:
        """Write rows, in the order of the input."""

    def sync(self) -> int:
        """Put on the disk what was written, and return its size in bytes."""

    def finish(self) -> None:
        """Write what comes at the end, put all of it on the disk and close the file."""

    def close(self) -> None:
        """Close the file and leave it as it is."""
