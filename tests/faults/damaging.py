"""Flip, zero, swap and cut in a registry's file: a right answer or a refusal, never another one.

Cases run in forked children, a few in each, so that a crash would show.
"""
# ruff: noqa: S311  (chance with a seed, so that a failure can be had again)

import json
import os
import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.killing import child
from faults.made import NAMES_THE_WAY_BACK, add, bad_checks, covered, registry

from urlguard.errors import Damaged, RegistryError
from urlguard.record import Change
from urlguard.registry.journal import Event
from urlguard.registry.registry import Registry
from urlguard.registry.rows import Entry

ROWS = 2_500
KINDS = {"flip": 60, "zeros": 30, "page zeroed": 40, "header": 30, "swap": 30, "cut": 15, "end": 5}
PER_CHILD = 25
_PAGE = 4_096
_HEADER = 100


@dataclass
class Known:
    """What stands in the registry."""

    present: list[str]
    absent: list[str]
    entries: list[Entry]
    events: list[Event]
    told: list[tuple[Entry, tuple[Change, ...]]]


@dataclass
class Outcome:
    """What became of the damages."""

    answers: Counter[str] = field(default_factory=Counter)
    """`kind, right|refused|wrong`: of each question asked of each damaged file."""
    found: Counter[str] = field(default_factory=Counter)
    """Whether `verify` saw the damage, by kind."""
    wrong: list[str] = field(default_factory=list)
    """Answers that are not right. Pages that changed places carry right checksums: something may be
    missed there, and `verify` finds it; nothing else may be wrong, and nothing may be made up."""
    faults: list[str] = field(default_factory=list)


def build(path: Path) -> Known:
    """Write a registry with all kinds of rows, some longer than a page."""
    chance = random.Random(6)
    present = [f"{chance.getrandbits(36):x}.example{number % 9}.top" for number in range(ROWS)]
    opened = registry(path)
    for at in range(0, ROWS, 500):
        add(opened, present[at : at + 500], f"N-{at}" if at % 1_000 else "")
    for number in range(12):
        evidence = [{"type": "page", "path": "x" * 9_000}]
        fields = {"note": f"note {number} " * 700, "details": {"evidence": evidence}}
        add(opened, [f"long{number}.example.top"], fields=fields)
    some = [entry.id for entry in opened.searching().entries()][:300:3]
    opened.step(some, "expired", actor="faults", reason="test")
    opened.step(some[:50], "restricted", actor="faults", reason="again")
    opened.undo(3, actor="faults")
    searching = opened.searching()
    entries = list(searching.entries())
    picked = entries[:300:20] + entries[-10:]
    in_force = [entry.value for entry in entries]
    known = Known(
        in_force[:300:10] + in_force[-40:], [f"absent{number}.example.top" for number in range(20)], entries,
        list(searching.events()), [(entry, searching.history(entry)) for entry in picked],
    )  # fmt: skip
    opened.close()
    return known


def damage(path: Path, kind: str, chance: random.Random, number: int) -> str:
    """Do one kind of damage; return what."""
    content = bytearray(path.read_bytes())
    pages = len(content) // _PAGE
    at = chance.randrange(len(content))
    if kind == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif kind == "zeros":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif kind == "page zeroed":
        at = _PAGE * chance.randrange(pages)
        content[at : at + _PAGE] = bytes(_PAGE)
    elif kind == "header":
        at = 20 if number == 0 else chance.randrange(_HEADER)
        content[at] = 0 if number == 0 else content[at] ^ (1 << chance.randrange(8))
    elif kind == "swap":
        at, other = (_PAGE * page for page in chance.sample(range(1, pages), 2))
        one = content[at : at + _PAGE]
        content[at : at + _PAGE] = content[other : other + _PAGE]
        content[other : other + _PAGE] = one
    elif kind == "cut":
        del content[at:]
    else:
        at = (0, 1, 512, _PAGE, len(content) - _PAGE)[number % 5]
        del content[at:]
    path.write_bytes(content)
    return f"{kind} {number} at {at}"


def questions(path: Path, known: Known) -> list[tuple[str, Any, Any]]:
    """Return name, question and right answer of each thing that is asked."""

    def fresh() -> Registry:
        return registry(path)

    return [
        ("present", lambda: covered(fresh(), known.present), [True] * len(known.present)),
        ("absent", lambda: covered(fresh(), known.absent), [False] * len(known.absent)),
        ("entries", lambda: list(fresh().searching().entries()), known.entries),
        ("events", lambda: list(fresh().searching().events()), known.events),
        ("history", lambda: [(e, fresh().searching().history(e)) for e, _ in known.told], known.told),
    ]


def ask(path: Path, known: Known, what: str, outcome: Outcome) -> None:
    """Ask a damaged registry everything, and let it verify itself."""
    kind = what.rpartition(" at ")[0].rpartition(" ")[0]
    wrong = False
    for name, question, right in questions(path, known):
        try:
            answer = question()
        except RegistryError as error:
            outcome.answers[f"{kind}, refused"] += 1
            if not isinstance(error, Damaged) or NAMES_THE_WAY_BACK not in str(error):
                outcome.faults.append(f"{what}, {name}: {error!r}")
        except Exception as error:  # noqa: BLE001  (any other is what is looked for)
            outcome.faults.append(f"{what}, {name}: {error!r}")
        else:
            wrong = wrong or answer != right
            outcome.answers[f"{kind}, {'right' if answer == right else 'wrong'}"] += 1
            if answer != right:
                outcome.wrong.append(f"{what}, {name}")
    try:
        bad = bad_checks(path)
    except Damaged as error:
        bad = [str(error)]
    outcome.found[f"{kind}, {'found' if bad else 'not found'}"] += 1
    if wrong and not bad:
        outcome.faults.append(f"{what}: not found by verify either")


def in_children(folder: Path, cases: list[tuple[str, int, int]], known: Known) -> Outcome:
    """Run the cases, a few in each child; a child that dies is a fault."""
    outcome = Outcome()
    for start in range(0, len(cases), PER_CHILD):

        def some(speaks: int, start: int = start) -> None:
            part = Outcome()
            for kind, number, seed in cases[start : start + PER_CHILD]:
                path = folder / "case" / "r.db"
                shutil.rmtree(path.parent, ignore_errors=True)
                path.parent.mkdir()
                shutil.copyfile(folder / "r.db", path)
                (path.parent / "r.db.backups").mkdir()  # an emptied file is told by the copies beside it
                ask(path, known, damage(path, kind, random.Random(seed), number), part)
            os.write(speaks, json.dumps(vars(part)).encode())

        pid, hears = child(some)
        with os.fdopen(hears) as said:
            text = said.read()
        _, status = os.waitpid(pid, 0)
        if status or not text.startswith("{"):
            outcome.faults.append(f"cases {start}+: child ended with {status}: {text[:500]}")
            continue
        part = json.loads(text)
        outcome.answers.update(part["answers"])
        outcome.found.update(part["found"])
        outcome.wrong += part["wrong"]
        outcome.faults += part["faults"]
    return outcome


def restored(folder: Path, known: Known, outcome: Outcome) -> None:
    """Damage a registry that has a copy, and go back to the copy."""
    path = folder / "restored" / "r.db"
    path.parent.mkdir()
    shutil.copyfile(folder / "r.db", path)
    opened = registry(path)
    opened.back_up()
    opened.close()
    shutil.copyfile(folder / "r.db", path.parent / "r.db.backups" / "newer.db")
    damage(path.parent / "r.db.backups" / "newer.db", "page zeroed", random.Random(1), 0)
    for kind in ("zeros", "end"):
        damage(path, kind, random.Random(3), 0)
        damaged = path.read_bytes()
        _, aside = opened.restore()
        if aside is None or aside.read_bytes() != damaged:
            outcome.faults.append(f"restore after {kind}: what stood there is not put aside")
        for name, question, right in questions(path, known):
            if question() != right:
                outcome.faults.append(f"restore after {kind}: {name} is wrong")
        outcome.faults += [f"restore after {kind}: {check}" for check in bad_checks(path)]
        if not add(opened, [f"after-{kind}.example.top"]).new:
            outcome.faults.append(f"restore after {kind}: no writing")
        opened.close()


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    known = build(folder / "r.db")
    cases = [(kind, number, chance.getrandbits(32)) for kind, many in KINDS.items() for number in range(many)]
    outcome = in_children(folder, cases, known)
    restored(folder, known, outcome)
    print(json.dumps({"seed": seed, "cases": len(cases)} | vars(outcome)))  # noqa: T201  (the report)


if __name__ == "__main__":
    main()
