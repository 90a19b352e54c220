"""All rules of a book bound to their checks: one link in, the rules that fired out."""

from collections.abc import Mapping
from typing import Any, Final

from urlguard.checks import table
from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.checks.lookalike import ORDER, Finding, imitations, imitations_in_path
from urlguard.checks.options import BadOption, Check, Options, built_check
from urlguard.errors import PackError
from urlguard.links.link import Link
from urlguard.model import Level, Span

_EXTENSION: Final = 8
"""Room for the dot and the longest file extension that is looked for."""

_LONGEST_HOST: Final = 1_000
"""DNS allows 253; a name four times as long leads nowhere, and `overlong_name` has said so."""
_SHALLOW: Final = 2
"""Labels before the suffix of an ordinary host: `www.example`."""


class Rule:
    """One rule, in one language."""

    __slots__ = ("advice", "floor", "group", "id", "reason", "scheme", "weight")

    def __init__(self, row: Mapping[str, Any], lang: str) -> None:
        """Take a compiled rule."""
        self.id: str = row["id"]
        self.group: str = row["group"]
        self.weight: int = row["points"]
        self.reason: str = row["reason"][lang]
        self.advice: str = row.get("advice", {}).get(lang, "")
        self.scheme: str = row.get("scheme", "")
        floor = row.get("floor")
        self.floor = Level[floor.upper()] if floor else Level.CLEAR


class Fired:
    """A rule that fired, before the arithmetic."""

    __slots__ = ("brand", "evidence", "layer", "rule", "shown", "spans")

    def __init__(self, rule: Rule, evidence: str, layer: int | None) -> None:
        """Keep what fired, on what, and on which link of those inside one another; None for words."""
        self.rule = rule
        self.evidence = evidence
        self.layer = layer
        self.shown = evidence
        self.brand: int | None = None
        self.spans: tuple[Span, ...] | None = None
        """Where it stands in the input; None when that is still to be looked for."""


Bound = tuple[Rule, Check]


class Detector:
    """The rules of a book, ready to fire. Raises `PackError` for a rule that cannot be bound."""

    def __init__(self, book: Mapping[str, Any], know: Knowledge, lang: str, silenced: frozenset[str]) -> None:
        """Bind each rule to its check; `silenced` are the groups official addresses do not hear."""
        self._know = know
        self._silenced = silenced
        self._spelling: dict[str, list[Rule]] = {}
        self._kinds: dict[str, Rule] = {}
        self._wrapper: list[Rule] = []
        self._states: dict[str, Rule] = {}
        self._effects = {name: state["effect"] for name, state in book["registry"]["states"].items()}
        self._parts: dict[str, list[Bound]] = {name: [] for name in table.PARTS}
        for row in book["rules"]:
            self._bind(row, Rule(row, lang))
        parts = self._parts
        self._name, self._deep, self._hyphens = parts["name"], parts["deep"], parts["hyphens"]
        self._digits, self._words, self._suffix = parts["digits"], parts["words"], parts["suffix"]
        self._tenant, self._tail, self._file = parts["tenant"], parts["tail"], parts["file"]

    def _bind(self, row: Mapping[str, Any], rule: Rule) -> None:
        check: str = row["check"]
        options: Options = row.get("options", {})
        if check in table.OF_TEXTS:
            return
        if check in table.SPELLING:
            self._spelling.setdefault(check, []).append(rule)
        elif check == table.LOOKALIKE:
            self._bind_lookalike(row, rule, str(options.get("kind")))
        elif check == table.WRAPPER:
            self._wrapper.append(rule)
        elif check == table.REGISTRY:
            self._bind_state(row, rule, str(options.get("state")))
        else:
            homes = [name for name, part in table.PARTS.items() if check in part]
            if not homes:
                mend = f"use one of {', '.join(check_names())}"
                raise PackError(row["where"], f"unknown check {check!r}", mend)
            try:
                for name in homes:
                    built = built_check(table.PARTS[name][check], options, self._know)
                    self._parts[name].append((rule, built))
            except BadOption as error:
                mend = "see the checks and their options in rules/README.md"
                raise PackError(row["where"], f"rule {rule.id!r}: {error}", mend) from error

    def _bind_lookalike(self, row: Mapping[str, Any], rule: Rule, kind: str) -> None:
        if kind not in ORDER:
            mend = f"use one of {', '.join(ORDER)}"
            raise PackError(row["where"], f"rule {rule.id!r}: unknown kind of imitation {kind!r}", mend)
        if kind in self._kinds:
            what = f"rule {rule.id!r}: {self._kinds[kind].id!r} already speaks of the kind {kind!r}"
            raise PackError(row["where"], what, "override that rule, or switch it off first")
        self._kinds[kind] = rule

    def _bind_state(self, row: Mapping[str, Any], rule: Rule, state: str) -> None:
        effect = self._effects.get(state, "none")
        if effect == "none":
            mend = f"use one of {', '.join(name for name, does in self._effects.items() if does != 'none')}"
            what = f"rule {rule.id!r}: {state!r} is no state of a record that blocks or warns"
            raise PackError(row["where"], what, mend)
        if (rule.floor == Level.BLOCKED) != (effect == "blocks"):
            what = f"rule {rule.id!r}: the state {state!r} {effect}"
            mend = "write 'floor: blocked' for a state that blocks, and for no other"
            raise PackError(row["where"], what, mend)
        if state in self._states:
            what = f"rule {rule.id!r}: {self._states[state].id!r} already speaks of the state {state!r}"
            raise PackError(row["where"], what, "override that rule, or switch it off first")
        self._states[state] = rule

    def fire(self, link: Link, facts: Facts | None, layer: int, fired: list[Fired]) -> None:
        """Append every rule that fires on this link; `facts` is None for links without a host."""
        for trick, evidence in link.tricks.items():
            self.fire_trick(trick, evidence, layer, fired)
        if facts is None:
            _run(self._parts["scheme"], Facts(link, self._know), layer, fired)
            return
        if len(link.host) > _LONGEST_HOST:
            return
        before = len(fired)
        if facts.owner is None:
            self._fire_name(link, facts, layer, fired)
        if facts.kind:
            _run(self._tenant, facts, layer, fired)
        if facts.path:
            self._fire_tail(facts, layer, fired)
        if link.port:
            _run(self._parts["port"], facts, layer, fired)
        official = facts.official
        if official is None or link.userinfo:
            self._fire_findings(imitations(facts), layer, fired)
        if official is not None and len(fired) > before:
            fired[before:] = [hit for hit in fired[before:] if hit.rule.group not in self._silenced]

    def fire_behind(self, facts: Facts, layer: int, fired: list[Fired]) -> None:
        """Append every rule that fires on what follows a quiet host, of which no rule has anything to say."""
        if facts.path:
            self._fire_tail(facts, layer, fired)
            self._fire_findings(imitations_in_path(facts), layer, fired)

    def _fire_tail(self, facts: Facts, layer: int, fired: list[Fired]) -> None:
        _run(self._tail, facts, layer, fired)
        if "." in facts.path[-_EXTENSION:]:
            _run(self._file, facts, layer, fired)

    def _fire_findings(self, found: list[Finding], layer: int, fired: list[Fired]) -> None:
        for finding in found:
            rule = self._kinds.get(finding.kind)
            if rule is not None:
                hit = Fired(rule, finding.evidence, layer)
                hit.shown, hit.brand = finding.shown, finding.brand
                fired.append(hit)

    def _fire_name(self, link: Link, facts: Facts, layer: int, fired: list[Fired]) -> None:
        """Run the rules about a host, as far as it has what they are about."""
        if link.is_ip:
            _run(self._parts["address"], facts, layer, fired)
            return
        _run(self._name, facts, layer, fired)
        if len(link.labels) - link.suffix_labels > _SHALLOW:
            _run(self._deep, facts, layer, fired)
        if "-" in link.host:
            _run(self._hyphens, facts, layer, fired)
        if not facts.name.isalpha():
            _run(self._digits, facts, layer, fired)
        if facts.words:
            _run(self._words, facts, layer, fired)
        if facts.suffix in self._know.suffix_abuse:
            _run(self._suffix, facts, layer, fired)
        if facts.labels is not link.labels:
            _run(self._parts["foreign"], facts, layer, fired)

    def fire_wrapper(self, host: str, layer: int, fired: list[Fired]) -> None:
        """Append the rules about links of a service that carry a link to another host."""
        fired += [Fired(rule, host, layer) for rule in self._wrapper]

    def fire_entry(self, state: str, evidence: str, layer: int, fired: list[Fired]) -> None:
        """Append the rule about a record of the registry in this state; history has none."""
        rule = self._states.get(state)
        if rule is not None:
            fired.append(Fired(rule, evidence, layer))

    def fire_trick(self, trick: str, evidence: str, layer: int | None, fired: list[Fired]) -> None:
        """Append the rules about a trick that was noticed outside the reading of one link."""
        fired += [Fired(rule, evidence, layer) for rule in self._spelling.get(trick, ())]


def _run(bound: list[Bound], facts: Facts, layer: int, fired: list[Fired]) -> None:
    for rule, check in bound:
        evidence = check(facts)
        if evidence is not None:
            fired.append(Fired(rule, evidence, layer))


def check_names() -> list[str]:
    """Return the names rules may give as their `check`."""
    names = {name for part in table.PARTS.values() for name in part}
    return sorted(names | table.SPELLING | {table.LOOKALIKE, table.REGISTRY, table.WRAPPER})
