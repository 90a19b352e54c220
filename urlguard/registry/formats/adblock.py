r"""Network rules of ad blockers, as far as they speak of whole hosts and of addresses.

    ||evil.top^            the host and its subdomains
    ://evil.top^           just the host
    ||evil.top/pay^        everything below that address (read as a prefix)
    |https://evil.top/pay  the same with its scheme; with `|` at the end, just that link
    ||*.evil.top^          a mask
    @@||evil.top^          an allow entry

Rules for parts of pages, for other sites' requests (`$third-party` ...) and for pieces of an
address say something else than "this resource is blocked": each is a bad row with its reason.
Source: Adblock Plus, "How to write filters"; AdGuard, "DNS filtering rules syntax".
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from urlguard.model import Kind
from urlguard.record import BadRow, Effect, Match, Record, Row, Unexpressed
from urlguard.registry.formats.covering import Line, address, is_broken, lines_written, link, mask, name
from urlguard.registry.formats.head import Head
from urlguard.tables.source import Source

_COSMETIC: Final = re.compile(r"#(?:@|\?|\$|@\?|@\$|\$\?|@\$\?|%|@%|\^|@\^)?#|\$@?\$")
_OPTIONS: Final = re.compile(r"[\w~-]+(?:=[^,]*)?(?:,[\w~-]+(?:=[^,]*)?)*")
_WHOLE: Final = frozenset({"all", "document", "doc", "important"})
"""Options of a rule that still blocks the resource as a whole."""
_ADDRESS: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]+\]", re.IGNORECASE)
_HOST: Final = re.compile(r"[^/|^\s$]+")
_MEND: Final = "write ||evil.top^ for a host or |https://evil.top/pay for a link"


def read(source: Source) -> Iterator[Row | BadRow]:
    """Yield a row for each rule that blocks or allows a resource as a whole."""
    for line in source.lines(comments=("!",)):
        if isinstance(line, BadRow):
            yield line
            continue
        number, text = line
        text = text.strip()
        if (
            text
            and not text.startswith(("!", "# "))
            and text != "#"
            and not (text[0] == "[" and text[-1] == "]")
        ):
            yield _row(number, text)


def _row(number: int, text: str) -> Row | BadRow:
    """Read one rule."""
    if _COSMETIC.search(text):
        return BadRow(number, text[:200], "a cosmetic rule hides a part of a page", _MEND)
    rule = text.removeprefix("@@")
    fields = {"effect": Effect.ALLOW} if rule != text else None
    if rule.startswith("/") and rule.rstrip("$abcdefghijklmnopqrstuvwxyz,-").endswith("/"):
        return BadRow(number, text[:200], "a regular expression", _MEND)
    bare, _, options = rule.rpartition("$")
    if bare and _OPTIONS.fullmatch(options):
        odd = [option for option in options.split(",") if option not in _WHOLE]
        if odd:
            return BadRow(
                number, text[:200], f"the option ${odd[0][:40]} makes it a rule for some requests only", _MEND
            )
        rule = bare
    found = _resource(rule)
    if not found:
        return BadRow(number, text[:200], "a rule for a piece of an address", _MEND)
    kind, match, value = found
    return Row(number, value, kind, match, fields)


def _resource(rule: str) -> tuple[Kind, Match, str] | None:
    if rule.startswith(("||", "://")):
        return _anchored(rule[2:].lstrip("/") if rule[0] == ":" else rule[2:], alone=rule[0] == ":")
    if rule.startswith(("|http://", "|https://")):
        url = rule[1:]
        if url.endswith("|"):
            return None if "*" in url or "^" in url else (Kind.URL, Match.EXACT, url[:-1])
        url = url.removesuffix("^").removesuffix("*")
        return None if "*" in url or "^" in url or "|" in url else (Kind.URL, Match.PREFIX, url)
    return None


def _anchored(rule: str, *, alone: bool) -> tuple[Kind, Match, str] | None:
    """Read what stands behind `||`, or behind `://` when `alone`."""
    host = _HOST.match(rule)
    if not host or not host[0].strip(".*"):
        return None
    rest = rule[host.end() :]
    if rest in {"^", "^|", "", "/", "/^", "^*", "/*"}:
        # Without a separator it would also cover `evil.top.example.com`; authors mean the host.
        return _host(host[0], Match.HOST if alone else Match.DOMAIN)
    value = (host[0] + rest).removesuffix("^").removesuffix("*")
    if "*" in value:  # a rule goes on behind its end, unless a bar ends it
        value = value[:-1] if value.endswith("|") else f"{value}*"
    if "^" in value or "|" in value or rest[0] == "$":
        return None
    return Kind.URL, Match.MASK if "*" in value else Match.PREFIX, value


def _host(text: str, match: Match) -> tuple[Kind, Match, str]:
    if _ADDRESS.fullmatch(text):
        return Kind.IP, Match.EXACT, text.strip("[]")
    return Kind.HOST, Match.MASK if "*" in text else match, text


def write(records: Iterable[Record], out: TextIO, head: Head) -> Iterator[Unexpressed]:
    """Write one rule for each host, address or link record in force."""
    out.write(head.lines("!"))
    yield from lines_written(records, out, head, _line, allows=True)


def _line(record: Record) -> Line:
    rule = _rule(record)
    row = _row(1, rule)
    same = isinstance(row, Row) and (row.kind, row.match) == (record.kind, record.match)
    if not same or (isinstance(row, Row) and record.match is Match.MASK and row.value != record.key):
        return Line("", "no network rule covers just that")
    return Line(f"@@{rule}\n" if record.effect is Effect.ALLOW else f"{rule}\n")


def _rule(record: Record) -> str:
    if record.match is Match.MASK and record.kind is Kind.URL and not is_broken(record.key):
        return f"||{record.key}" if record.key.endswith("*") else f"||{record.key}|"
    if record.match is Match.MASK:
        return f"||{mask(record)}^" if mask(record).strip(".*") else ""
    if record.match is Match.EXACT and (ip := address(record)):
        return f"||[{ip}]^" if ":" in ip else f"||{ip}^"
    host = name(record)
    if host:
        return {Match.DOMAIN: f"||{host}^", Match.HOST: f"://{host}^"}.get(record.match, "")
    # What has a meaning in rules reads back as something else, and is not written then.
    rule = {Match.EXACT: f"|{link(record)}|", Match.PREFIX: f"|{link(record)}"}.get(record.match, "")
    row = _row(1, rule)
    return rule if link(record) and isinstance(row, Row) and row.value == link(record) else ""
