"""How far a scan is, on stderr: a line that moves on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Mapping
from typing import Final, Self, TextIO

from urlguard.cli.streams import tell
from urlguard.reports.screen import fitted
from urlguard.scanning.plan import Progress

_DRAWN: Final = 0.25
"""Seconds between two drawings on a terminal."""
_SAID: Final = 30.0
"""Seconds between two lines in a file or pipe."""
_LEAST: Final = 2.0
"""Seconds after which a rate means something."""


class Told:
    """Tells how far a run is; nothing of it is left on a terminal at the end."""

    def __init__(self, texts: Mapping[str, str], *, quiet: bool) -> None:
        """Keep the words; `quiet`: nothing is told."""
        stream: TextIO | None = sys.stderr
        self._stream = None if quiet else stream
        self._texts = texts
        self._drawing = stream is not None and stream.isatty()
        self._started = self._told = time.monotonic()
        self._first: Progress | None = None
        """What was done before this run, or so: it says nothing about its speed."""
        self._drawn = False

    def __enter__(self) -> Self:
        """Nothing is drawn yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave a clean line behind."""
        if self._drawn and self._stream is not None:
            self._write("\r\x1b[K")

    def __call__(self, progress: Progress) -> None:
        """Tell, when it is time to."""
        self._first = self._first or progress
        moment = time.monotonic()
        wait = _DRAWN if self._drawing else _SAID
        if self._stream is None or (
            moment - self._told < wait and not (progress.finishing and self._drawing)
        ):
            return
        self._told = moment
        line = self._line(progress, moment - self._started)
        if self._drawing:
            import shutil  # noqa: PLC0415  (only when it draws)

            columns = shutil.get_terminal_size().columns
            self._write(f"\r\x1b[K{fitted(line, max(columns - 1, 1))}")
            self._drawn = True
        else:
            tell(line)

    def _line(self, progress: Progress, seconds: float) -> str:
        texts = self._texts
        if progress.finishing:
            return texts["scan_finishing"]
        first = self._first or progress
        rate = (progress.rows - first.rows) / seconds if seconds > 0 else 0.0
        parts = [texts["scan_progress"].format(rows=_spaced(progress.rows), rate=_spaced(round(rate)))]
        if progress.share is not None:
            parts.append(f"{progress.share:.0%}")
            done = progress.share - (first.share or 0.0)
            if done > 0 and seconds >= _LEAST:
                parts.append(texts["scan_left"].format(time=_clock(seconds * (1 - progress.share) / done)))
        return " · ".join(parts)

    def _write(self, text: str) -> None:
        if self._stream is not None:
            try:
                self._stream.write(text)
                self._stream.flush()
            except (OSError, ValueError):
                self._stream = None


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _clock(seconds: float) -> str:
    """Return a duration as `0:05` or `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
