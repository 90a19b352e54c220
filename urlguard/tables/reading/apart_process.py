"""The process that reads for `apart`: sets its own limits, then answers until nobody asks."""

import contextlib
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from urlguard.errors import ListError, UrlguardError
from urlguard.tables.reading.apart import MEGABYTES_PER_SECOND, SECONDS, size_limit, too_large
from urlguard.tables.reading.batches import Found, packed

Reader = Callable[[Path, str, bool | None], list[Found]]


def _workbook(path: Path, name: str, header: bool | None) -> list[Found]:  # noqa: FBT001  (None: sniffed)
    from urlguard.tables.reading.sheets import sheets  # noqa: PLC0415  (needs an optional library)

    return sheets(path, name, header=header)


def _parquet(path: Path, name: str, _header: bool | None) -> list[Found]:  # noqa: FBT001  (of no use here)
    from urlguard.tables.reading.row_groups import row_groups  # noqa: PLC0415  (needs an optional library)

    return [row_groups(path, name)]


READERS: Final[dict[str, Reader]] = {"workbook": _workbook, "parquet": _parquet}


def main() -> None:
    """Read what the command line names: folder of the package, kind, path, name, header."""
    kind, path, name, header = sys.argv[2:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's, who closes the pipes
    gc.disable()  # rows hold no cycles, and looking for some costs a tenth
    size = Path(path).stat().st_size
    _limited(size)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more
        _answer(out, lambda: _served(kind, Path(path), name, header, out), name, size)
    # A library may still be at work in a thread; leaving as usual would wait for it.
    os._exit(0)


def _served(kind: str, path: Path, name: str, header: str, out: BinaryIO) -> None:
    found = READERS[kind](path, name, {"True": True, "False": False}.get(header))
    _send(out, [table.head for table in found])
    for line in sys.stdin.buffer:
        for batch in found[int(line)].batches():
            _send(out, packed(batch))
        _send(out, None)


def _answer(out: BinaryIO, served: Callable[[], None], name: str, size: int) -> None:
    """Run `served`, and send as an error whatever ends it."""
    try:
        served()
    except BrokenPipeError:
        raise
    except UrlguardError as error:
        problem: Exception = error
    except MemoryError:
        problem = too_large(name, size)
    except BaseException as error:  # noqa: BLE001  (a panic of Rust derives from it)
        problem = ListError(f"{name}: broken: {type(error).__name__}: {error}", "save it anew, or as CSV")
    else:
        return
    _send(out, problem)


def _send(out: BinaryIO, answer: object) -> None:
    pickle.dump(answer, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


def _limited(size: int) -> None:
    """Set the limits of this process, where the system has any.

    The memory counted is what is written to (`RLIMIT_DATA`): address space would count mapped
    files and what allocators only reserve.
    """
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    limits: dict[int, Any] = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: SECONDS + (size >> 20) // MEGABYTES_PER_SECOND,
        resource.RLIMIT_DATA: size_limit(size),
    }
    for kind, limit in limits.items():
        _, most = resource.getrlimit(kind)
        soft = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(kind, (soft, most))
