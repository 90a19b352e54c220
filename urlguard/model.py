"""The nouns that leave the program: resources, signals, entries, verdicts.

All of them are immutable and can be shared between threads and sent between processes.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final

SCHEMA: Final = 1
"""Version of the JSON verdict; grows only when a field changes its meaning."""


class Level(IntEnum):
    """How bad it looks, in order."""

    CLEAR = 0
    """No signs found. This never means safe."""
    SUSPICIOUS = 1
    DANGEROUS = 2
    BLOCKED = 3
    """An active entry of the registry says so."""

    @property
    def label(self) -> str:
        """The name in machine formats and on the command line: `clear`, `suspicious` ..."""
        return self.name.lower()


class Kind(StrEnum):
    """What a resource is."""

    URL = "url"
    HOST = "host"
    IP = "ip"
    PHONE = "phone"
    SMS_SENDER = "sms_sender"
    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    WALLET = "wallet"
    HANDLE = "handle"
    APP = "app"
    SHORT_CODE = "short_code"
    """Service number of three to five digits, where a text calls it or hears from it."""
    AMOUNT = "amount"
    """Sum of money: `KZT:50000`."""


Span = tuple[int, int]
"""Start and end (exclusive) in the input, counted in code points."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing the input points at."""

    kind: Kind
    raw: str
    """As written."""
    key: str
    """Canonical form; equal keys mean the same resource."""
    span: Span | None
    """Where it stands in the input; None when it was unwrapped from another resource."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {
            "kind": self.kind.value,
            "raw": self.raw,
            "key": self.key,
            "span": list(self.span) if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired on one resource or on the words."""

    rule: str
    """Rule id, `<family>-<what>`, never reused."""
    group: str
    """Group of rules that share one limit."""
    points: int
    """What it adds to the score, after the limit of its group."""
    weight: int
    """What the rule is worth before the limit of its group."""
    reason: str
    """One line for a person, in the language of the guard."""
    advice: str
    """What to do about it, in the language of the guard; may be empty."""
    evidence: str
    """The part of the input that made it fire, as written."""
    span: Span | None
    """Where the evidence stands in the input, when it stands there literally."""
    resource: int | None
    """Index into `Verdict.resources`; None for what the words of a text say."""
    brand: str | None = None
    """Id of the brand that is imitated."""
    spans: tuple[Span, ...] = ()
    """All places of the input that made it fire, in order; `span` is the first."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {
            "rule": self.rule,
            "group": self.group,
            "points": self.points,
            "reason": self.reason,
            "evidence": self.evidence,
            "span": list(self.span) if self.span else None,
            "spans": [list(span) for span in self.spans],
            "resource": self.resource,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A registry record that covers a resource, as a verdict shows it."""

    id: str
    state: str
    """The state it is in today: `restricted`, `submitted`, `lifted` ..."""
    match: str
    """What it covers: `exact`, `prefix`, `host_only`, `host_and_subdomains`, `mask`, `network`."""
    category: str
    ground: str
    """Type of the document it stands on: `court`, `prescription` ..."""
    authority: str
    since: str
    """First day in force, `YYYY-MM-DD`."""
    list: str
    until: str = ""
    """Last day in force; empty: without end."""
    number: str = ""
    """Number of the document."""
    value: str = ""
    """The resource as it was entered."""
    standing: str = "blocks"
    """What it does today: `blocks`, `warns`, `allows`, `overruled` or `none` (history)."""
    overruled_by: str = ""
    """Id of the allow record that overrules it."""
    note: str = ""
    resource: int = 0
    """Index into `Verdict.resources`."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input could not be judged."""

    code: str
    """Stable name: `no_link`, `bad_encoding`, `too_long`."""
    message: str
    """One line for a person."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape."""
        return {"code": self.code, "message": self.message}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one input, with its arithmetic.

    `score` is the sum of `signal.points`, cut to 0..100. `level` is None exactly when
    `error` is set: what could not be read is neither clear nor anything else.
    """

    input: str
    kind: str
    """`link` for a link by itself, `text` for anything else: words count then too."""
    level: Level | None
    score: int
    brand: str | None
    """Id of the brand that is imitated."""
    official: str | None
    """Id of the brand whose own address this link is; None for a text."""
    signals: tuple[Signal, ...]
    """Strongest first."""
    resources: tuple[Resource, ...]
    entries: tuple[Entry, ...] = ()
    advice: str = ""
    """What to do, in the language of the guard."""
    error: Problem | None = None
    real: str | None = None
    """The real address of the imitated brand."""
    scheme: str | None = None
    """Id of the fraud scheme the words follow: `bank_safe_account`, `post_parcel` ..."""

    def to_dict(self) -> dict[str, Any]:
        """Return the public JSON shape; an unreadable input has no `level`."""
        row: dict[str, Any] = {"schema": SCHEMA, "input": self.input, "kind": self.kind}
        if self.level is not None:
            row["level"] = self.level.label
        row |= {
            "score": self.score,
            "brand": self.brand,
            "official": self.official,
            "scheme": self.scheme,
            "signals": [signal.to_dict() for signal in self.signals],
            "resources": [resource.to_dict() for resource in self.resources],
            "entries": [entry.to_dict() for entry in self.entries],
            "advice": self.advice,
            "error": self.error.to_dict() if self.error else None,
        }
        return row
