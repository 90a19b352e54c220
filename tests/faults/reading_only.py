"""Look things up where nothing can be written, as somebody without rights and on a mount."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from faults.killing import child
from faults.made import add, covered, hashes, registry

from urlguard.errors import RegistryError

NOBODY = 65_534
KNOWN = [f"known{number}.example.top" for number in range(50)]
LATER = "later.example.top"


def made(folder: Path, case: str) -> Path:
    """Return a registry as a case asks for it, last write by a killed writer unless it is clean."""
    place = folder / case.replace(" ", "-")
    place.mkdir()
    path = place / "r.db"

    def write(_: int) -> None:
        opened = registry(path)
        add(opened, KNOWN)
        opened.close()
        add(opened, [LATER])
        if case.startswith("clean"):
            opened.close()
        os._exit(0)

    pid, hears = child(write)
    os.waitpid(pid, 0)
    os.close(hears)
    if "no index" in case:
        Path(f"{path}-shm").unlink()
    return path


def locked(path: Path) -> None:
    """Take all rights to write, from the folder too."""
    for file in path.parent.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    path.parent.chmod(0o555)


def looked_at(path: Path, case: str, whole: list[str], faults: list[str]) -> None:
    """Look up, read and try to write."""
    opened = registry(path)
    try:
        if covered(opened, [*KNOWN, LATER, "unknown.example.top"]) != [True] * (len(KNOWN) + 1) + [False]:
            faults.append(f"{case}: wrong answers")
        if hashes(path) != whole:
            faults.append(f"{case}: other events")
        faults += [f"{case}: {finding.what}" for finding in opened.verify() if not finding.good]
        opened.close()
        try:
            add(opened, ["more.example.top"])
        except RegistryError as error:
            if "mend:" not in str(error):
                faults.append(f"{case}: {error}")
        else:
            faults.append(f"{case}: written where nothing can be")
    except RegistryError as error:
        faults.append(f"{case}: {error}")
    opened.close()


def as_nobody(work: Callable[[list[str]], None]) -> list[str]:
    """Do something without rights; return what it finds wrong."""

    def unprivileged(speaks: int) -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        faults: list[str] = []
        work(faults)
        os.write(speaks, json.dumps(faults).encode())

    pid, hears = child(unprivileged)
    with os.fdopen(hears) as said:
        text = said.read()
    os.waitpid(pid, 0)
    if not text.startswith("["):
        return [f"no report: {text}"]
    found: list[str] = json.loads(text)
    return found


def mounted(place: Path) -> bool:
    """Make a folder a mount that can only be read, when this process may."""
    commands = (["mount", "--bind", str(place), str(place)], ["mount", "-o", "remount,ro,bind", str(place)])
    with suppress(OSError):
        ended = [subprocess.run(command, capture_output=True, check=False).returncode for command in commands]
        return ended == [0, 0]
    return False


def main() -> None:
    # Not in the folder of the test: nobody else may enter that one.
    with tempfile.TemporaryDirectory(prefix="urlguard-faults-") as folder:
        Path(folder).chmod(0o755)
        look(Path(folder))


def look(folder: Path) -> None:
    faults: list[str] = []
    looked: list[str] = []
    for way in ("rights", "mount"):
        for kind in ("clean", "log left", "log left, no index"):
            case = f"{kind}, {way}"
            path = made(folder, case)
            whole = hashes_of_copy(path, folder)
            if way == "mount":
                if not mounted(path.parent):
                    continue
                try:
                    looked_at(path, case, whole, faults)
                finally:
                    subprocess.run(["umount", "-l", str(path.parent)], check=False)  # noqa: S607
            else:
                locked(path)
                faults += as_nobody(partial(looked_at, path, case, whole))
            looked.append(case)
    print(json.dumps({"looked": looked, "faults": faults}))  # noqa: T201  (the report)


def hashes_of_copy(path: Path, folder: Path) -> list[str]:
    """Return the events of a registry without touching it."""
    aside = folder / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(path.parent, aside)
    return hashes(aside / path.name)


if __name__ == "__main__":
    main()
