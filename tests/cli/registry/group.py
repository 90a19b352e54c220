"""The command group `urlguard registry` on a registry of its own, its answers made comparable."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

COMMAND = [sys.executable, "-m", "urlguard"]
Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]


class Records:
    """The command group on one registry."""

    def __init__(self, run: Run, file: Path, environment: dict[str, str]) -> None:
        self.file = file
        self._run = run
        self.environment = environment

    def env(self, lang: str = "en") -> dict[str, str]:
        return {"URLGUARD_REGISTRY": str(self.file), "URLGUARD_ACTOR": "damir", "URLGUARD_LANG": lang}

    @staticmethod
    def year() -> str:
        """Return the year that stands in the ids of new records."""
        return f"{datetime.now(UTC):%Y}"

    def __call__(
        self, *arguments: str | bytes, stdin: str | bytes = "", lang: str = "en", code: int = 0
    ) -> Done:
        """Run a command that must end with `code`."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = self._run("registry", *arguments, stdin=given, env=self.env(lang))
        assert done.returncode == code, done.stderr.decode()
        return done

    def any(self, *arguments: str, stdin: str = "", lang: str = "en") -> Done:
        """Run a command, however it ends."""
        return self._run("registry", *arguments, stdin=stdin.encode(), env=self.env(lang))

    def out(self, *arguments: str, stdin: str = "", lang: str = "en", code: int = 0) -> str:
        """Return stdout, with today's date as TODAY, times as HH:MM and this year's ids as KN-Y."""
        return tidy(self(*arguments, stdin=stdin, lang=lang, code=code).stdout.decode())

    def err(self, *arguments: str, stdin: str = "", lang: str = "en", code: int = 0) -> str:
        return tidy(self(*arguments, stdin=stdin, lang=lang, code=code).stderr.decode())

    def screen(self, *arguments: str, columns: int = 40, lang: str = "en") -> list[str]:
        """Return what a terminal of so many columns is sent, without colours."""
        ours, theirs = pty.openpty()
        env = self.environment | self.env(lang) | {"COLUMNS": str(columns), "NO_COLOR": "1"}
        done = subprocess.run(
            [*COMMAND, "registry", *arguments],
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env=env, timeout=20,
            check=False,
        )  # fmt: skip
        assert done.returncode in {0, 1, 3}
        os.close(theirs)
        sent = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            sent += piece
        os.close(ours)
        return tidy(sent.decode().replace("\r\n", "\n")).splitlines()


def tidy(text: str) -> str:
    now = datetime.now(UTC).astimezone(timezone(timedelta(hours=5)))
    for day in (now, now - timedelta(days=1)):
        text = text.replace(f"{day:%Y-%m-%d}", "TODAY")
    text = re.sub(r"TODAY \d\d:\d\d", "TODAY HH:MM", text)
    return re.sub(r"KN-\d{4}-", "KN-Y-", text)


def shown(number: int) -> str:
    """Return the id of the n-th record of this year."""
    return f"KN-{datetime.now(UTC):%Y}-{number:06d}"
