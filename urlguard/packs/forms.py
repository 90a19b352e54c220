"""What the rows of each section look like: key -> how it is read."""

from typing import Any, Final

from urlguard.packs.book import WORDS
from urlguard.packs.shape import (
    BLOCKED,
    LEVELS,
    domain,
    domains,
    flag,
    identifier,
    mapping_of,
    names,
    names_of_accounts,
    one_of,
    option,
    raw_texts,
    record,
    share,
    text,
    texts,
    tokens,
    whole,
)
from urlguard.packs.source import Node

RULE: Final = record(
    {
        "id": identifier,
        "title": names,
        "group": identifier,
        "points": whole,
        "check": identifier,
        "reason": names,
        "examples": record({"hit": raw_texts, "miss": raw_texts}, {}),
    },
    {"advice": names, "options": mapping_of(option), "floor": one_of(*LEVELS, BLOCKED)},
)


def _distance(node: Node) -> int:
    """Read how many words may lie between."""
    value = whole(node)
    if value < 0:
        raise node.refuse(f"nothing is {value} words away", "write 0 or more")
    return value


def _sets(node: Node) -> list[str]:
    """Read names of sets, one at least."""
    found = texts(node)
    if not found:
        raise node.refuse("no set is named here", "name one at least")
    return found


_BY_LANGUAGE: Final = ("kk", "ru", "en", "mixed")


def _examples(node: Node) -> dict[str, list[str]]:
    """Read examples by language: what a rule claims to know, it shows."""
    found = {key: raw_texts(value) for key, value in node.mapping().items()}
    for key in found:
        if key not in _BY_LANGUAGE:
            raise node.mapping()[key].refuse(f"unknown language {key!r}", f"use {', '.join(_BY_LANGUAGE)}")
    return found


WORD_RULE: Final = record(
    {
        "id": identifier,
        "title": names,
        "group": identifier,
        "points": whole,
        "when": _sets,
        "reason": names,
        "examples": record({"hit": _examples, "miss": _examples}, {}),
    },
    {
        "check": one_of(WORDS),
        "advice": names,
        "scheme": identifier,
        "within": _distance,
        "ordered": flag,
        "unless": texts,
        "floor": one_of(*LEVELS),
    },
)


def rule(node: Node) -> Any:  # noqa: ANN401  (a table)
    """Read one rule: about links, or about words when it says `when`."""
    return WORD_RULE(node) if "when" in node.mapping() else RULE(node)


TERMS: Final = record(
    {},
    {
        "kk": texts,
        "ru": texts,
        "en": texts,
        "any": texts,
        "all": _sets,
        "within": _distance,
        "ordered": flag,
        "unless": texts,
        "note": text,
    },
)


def terms(node: Node) -> dict[str, Any]:
    """Read one set of terms, which remembers where it stands."""
    return {**TERMS(node), "where": node.where}


SCHEME: Final = record({"title": names, "advice": names}, {"report": names})
BRAND: Final = record(
    {"id": identifier, "name": names, "sector": identifier, "domains": domains},
    {
        "real": domain,
        "foreign": flag,
        "abroad": flag,
        "any_suffix": tokens,
        "unsure": domains,
        "spellings": texts,
        "tokens": tokens,
        "common": tokens,
        "not": tokens,
        "phones": texts,
        "short_codes": texts,
        "handles": mapping_of(names_of_accounts),
        "apps": texts,
        "confidence": one_of("high", "medium", "low"),
        "note": text,
    },
)
HOSTING: Final = record(
    {"kind": identifier},
    {"suffix": domain, "host": domain, "tenant": whole, "after": texts},
)
WRAPPER: Final = record(
    {"hosts": texts},
    {
        "path": text,
        "params": texts,
        "after": text,
        "until": text,
        "dashed": flag,
        "base64": flag,
        "proofpoint": flag,
    },
)
POLICY: Final = record(
    {
        "version": text,
        "levels": record(dict.fromkeys(LEVELS, whole), {}),
        "caps": mapping_of(whole),
        "official_silences": texts,
        "counter_offsets": texts,
        "agreement": record({"signals": whole, "ask": whole}, {}),
    },
    {},
)
OVERRIDES: Final = record(
    {},
    {
        "rules": mapping_of(
            record(
                {},
                {
                    "points": whole,
                    "off": flag,
                    "floor": one_of(*LEVELS, "none"),
                    "options": mapping_of(option),
                    "reason": names,
                    "advice": names,
                },
            )
        ),
        "brands": mapping_of(
            record(
                {},
                {
                    "off": flag,
                    "real": domain,
                    "domains": domains,
                    "unsure": domains,
                    "tokens": tokens,
                    "common": tokens,
                    "not": tokens,
                },
            )
        ),
        "policy": record(
            {},
            {
                "levels": record({}, dict.fromkeys(LEVELS, whole)),
                "caps": mapping_of(whole),
                "official_silences": texts,
                "counter_offsets": texts,
                "agreement": record({}, {"signals": whole, "ask": whole}),
            },
        ),
    },
)
SUFFIX_ABUSE: Final = record(
    {"measured": text, "source": text, "shares": mapping_of(share)}, {"counts": mapping_of(text)}
)
LETTER_PAIRS: Final = record({"measured": text, "source": text, "rows": mapping_of(text)}, {})
