"""Standard streams that may be closed, full or cut off, and Ctrl-C between two rows."""

import os
import signal
import sys
from types import FrameType
from typing import Any, Final, NoReturn, Self, TextIO

from urlguard.errors import UsageError
from urlguard.reports.screen import printable

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells have it: 128 + SIGINT."""


def tell(message: str) -> None:
    """Write one message to stderr; nowhere when that is closed, and never to stdout.

    Nothing in it moves a cursor, whatever the names of files and packs are.
    """
    stream: TextIO | None = sys.stderr
    if stream is None:  # file descriptor 2 is closed; `print` would write to stdout
        return
    try:
        print(*map(printable, message.split("\n")), sep="\n", file=stream, flush=True)
    except (OSError, ValueError):
        return


def output(*, for_eyes: bool) -> TextIO:
    """Return stdout, ready for verdicts. Raises `UsageError` when it is closed.

    Programs get UTF-8 and bare line feeds everywhere; a terminal its own encoding.
    """
    stream: Any = sys.stdout
    if stream is None:
        message = "the output cannot be written: stdout is closed"
        raise UsageError(message)
    if for_eyes:
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", newline="\n")
    found: TextIO = stream
    return found


def flushed(code: int) -> int:
    """Write out what is buffered; a disk that is full must not end in exit code 0."""
    stream: TextIO | None = sys.stdout
    try:
        if stream is not None:
            stream.flush()
    except BrokenPipeError:
        silence()
    except (OSError, ValueError) as error:
        tell(f"Error: the output cannot be written: {getattr(error, 'strerror', None) or error}")
        silence()
        return 2
    return code


def silence() -> None:
    """Point stdout at nothing, so that the interpreter's last flush says nothing."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return


class Interrupts:
    """Ctrl-C stops between two rows, so that no row is left half written.

    While a row is waited for it stops at once; a second Ctrl-C always does.
    """

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.stopped = False
        self.waiting = False
        self._before: Any = None

    def __enter__(self) -> Self:
        """Take over Ctrl-C, unless the caller has it ignored."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._caught)
        return self

    def __exit__(self, *_: object) -> None:
        """Give Ctrl-C back."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _caught(self, _number: int, _frame: FrameType | None) -> None:
        again, self.stopped = self.stopped, True
        if self.waiting or again:
            raise KeyboardInterrupt


def leave(code: int) -> NoReturn:
    """End the process at once: taking a rule book apart would cost a tenth of a short run.

    Everything is written by now; only stderr may still hold something.
    """
    stream: TextIO | None = sys.stderr
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        pass
    os._exit(code)
