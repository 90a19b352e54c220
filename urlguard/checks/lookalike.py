"""Whom does a host imitate, and how.

Brand-relative throughout: a host is compared with the names of known brands, and honest
Cyrillic or Kazakh names are judged like Latin ones. Each label gets at most one finding,
the most telling; `ORDER` says which that is. What a finding is worth stands in the rules.
"""

import re
from typing import Final, NamedTuple

from urlguard.checks.combos import Found, combo
from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import NAME, Knowledge
from urlguard.checks.near import near, without_words

ORDER: Final = (
    "embedded",
    "homoglyph",
    "combo",
    "combo-common",
    "typo-combo",
    "userinfo",
    "subdomain",
    "typo",
    "tenant",
    "transliteration",
    "keyboard",
    "combo-plain",
    "combo-home",
    "suffix",
    "word",
    "inside",
    "typo-far",
    "typo-weak",
    "subdomain-common",
    "common",
    "foreign-combo",
    "foreign-near",
    "foreign-name",
    "handle",
    "path",
)
"""Kinds of imitation, the most telling first."""

_FOREIGN: Final = {
    "combo": "foreign-combo", "combo-common": "foreign-combo", "typo": "foreign-near",
    "typo-far": "foreign-near", "transliteration": "foreign-near", "subdomain": "foreign-near",
    "tenant": "foreign-near", "combo-plain": "foreign-name", "suffix": "foreign-name",
    "word": "foreign-name", "inside": "foreign-name", "typo-weak": "", "keyboard": "",
    "subdomain-common": "", "handle": "", "path": "", "common": "", "combo-home": "foreign-combo",
    "typo-combo": "foreign-near",
}  # fmt: skip
"""Kinds for brands that are foreign to everyday life in Kazakhstan; empty ones are not told."""

_RANK: Final = {kind: rank for rank, kind in enumerate(ORDER)}
_SILENT_LABELS: Final = frozenset({"www", "m", "mail", "ftp", "ns1", "ns2", "cdn", "api", "static"})
_SHORT: Final = 4
_PATH_TOKEN: Final = 4


class Finding(NamedTuple):
    """One imitation of one brand."""

    kind: str
    brand: int
    """Number of the brand in the book."""
    evidence: str
    """The part of the link that imitates, as written."""
    shown: str
    """The same with the fake letters marked, and what they should be."""


def imitations(facts: Facts) -> list[Finding]:
    """Return the imitations in one link, at most one a label. Empty for official hosts."""
    know = facts.know
    link = facts.link
    found: list[Finding] = []
    if link.userinfo:
        found += _in_userinfo(link.userinfo, know)
    if link.is_ip or not link.host:
        return _strongest(found + _in_path(facts), know)
    if facts.tenant and facts.tenant != facts.name:
        return _strongest(found + _in_tenant(facts), know)
    if facts.owner is not None:
        return found
    if facts.domain_hits:
        embedded = _embedded(facts)
        if embedded is not None:
            found.append(embedded)
    if not _is_far_from_all(facts) and _RESTRICTED.isdisjoint(link.labels[-link.suffix_labels :]):
        found += _in_labels(facts)
    if len(facts.path) > _PATH_TOKEN:
        found += _in_path(facts)
    return _strongest(found, know)


def imitations_in_path(facts: Facts) -> list[Finding]:
    """Return the imitations in what follows a quiet host."""
    return _strongest(_in_path(facts), facts.know) if len(facts.path) > _PATH_TOKEN else []


def _is_far_from_all(facts: Facts) -> bool:
    """Tell at once of a plain host, as most are, that no name of it is like a brand's."""
    link = facts.link
    if facts.token_hits or facts.domain_hits or facts.labels is not link.labels or "-" in link.host:
        return False
    know = facts.know
    home = facts.suffix in know.local_suffixes
    for label in link.labels[: -link.suffix_labels]:
        if label in _SILENT_LABELS or label in know.ordinary:
            continue
        if know.may_be_near(label, home=home or not label.isalpha()):
            return False
        if facts.word_spans:
            core = without_words(facts, label)[0]
            if core and core != label and know.may_be_near(core, home=home or not core.isalpha()):
                return False
    return True


_RESTRICTED: Final = frozenset({"edu", "gov", "mil", "int", "ac"})
"""Labels of suffixes that only schools and states get (.edu, .gov.au, .ac.uk)."""


def _in_labels(facts: Facts) -> list[Finding]:
    link = facts.link
    found: list[Finding] = []
    at = len(facts.labels) - link.suffix_labels - 1
    for number in range(at, -1, -1):
        label = facts.labels[number]
        if label not in _SILENT_LABELS and len(label) > 1:
            found += _in_label(facts, label, at - number)
    if facts.kind in _ACCOUNTS:
        return [finding if finding.kind in _COMBOS else finding._replace(kind="common") for finding in found]
    return found


def _strongest(found: list[Finding], know: Knowledge) -> list[Finding]:
    """Order by what tells most, and keep one finding a kind."""
    if not found:
        return found
    found = [
        finding._replace(kind=_FOREIGN.get(finding.kind, finding.kind))
        if know.foreign[finding.brand]
        else finding
        for finding in found
    ]
    found = [finding for finding in found if finding.kind]
    found.sort(key=lambda finding: _RANK[finding.kind])
    kept: dict[str, Finding] = {}
    for finding in found:
        if finding.kind == "path" and kept:
            continue
        if not kept or finding.brand == found[0].brand:
            kept.setdefault(finding.kind, finding)
    return list(kept.values())[:2]


def _in_label(facts: Facts, label: str, depth: int) -> list[Finding]:
    """Judge one label; `depth` is 0 for the registered name, -1 for a tenant in the path."""
    if label in facts.know.ordinary:
        return []
    exact = _exact(facts, label, depth)
    found = combo(facts, label, depth) if facts.token_hits or "-" in label or depth < 0 else None
    if exact is not None:
        if found is not None and _RANK[found[0]] < _RANK[exact[0]]:
            exact = found[0], *exact[1:]
        return [Finding(*exact)]
    other = near(facts, label, depth)
    if found is None or (other is not None and _RANK[other[0]] < _RANK[found[0]]):
        found = other
    return [] if found is None else [Finding(*found)]


def _in_tenant(facts: Facts) -> list[Finding]:
    """Judge a tenant named in the path: a page, a form, an account, a channel.

    Brands keep accounts of their own under their plain names, so an account is only
    judged when a word of money or service stands beside the name.
    """
    label = _SEPARATORS.sub("-", facts.tenant.lower()).strip("-")
    found = _in_label(facts, label, -1) if label else []
    if facts.kind not in _ACCOUNTS:
        return found
    return [finding._replace(kind="handle") for finding in found if finding.kind in _COMBOS]


_SEPARATORS: Final = re.compile(r"[^\w]+|_+")
_ACCOUNTS: Final = frozenset({"messenger", "social", "code", "store", "publishing", "saas"})
"""Hosting where honest brands keep accounts and people write about them."""
_COMBOS: Final = frozenset({"combo", "combo-common", "combo-home", "homoglyph"})


def _exact(facts: Facts, label: str, depth: int) -> Found | None:
    """Judge a label that is a brand's token to the letter."""
    entry = facts.know.tokens.get(label)
    if entry is None:
        return None
    brand, common = entry
    if common >= NAME:
        return None
    if depth > 0:
        kind = "subdomain-common" if common or len(label) < _SHORT else "subdomain"
    elif facts.kind:
        if common and len(label) <= _SHORT:
            return None
        kind = "subdomain-common" if common else "tenant"
    elif common or len(label) < _SHORT:
        away = facts.suffix not in facts.know.local_suffixes
        if not away or len(label) < _SHORT or not facts.know.local[brand]:
            return None
        kind = "common"
    else:
        namesake = facts.know.abroad[brand] and len(facts.labels[-1]) == 2  # noqa: PLR2004 (country codes)
        kind = "common" if namesake else "suffix"
    shown = f"{label}.{facts.link.suffix}" if kind == "suffix" else label
    return kind, brand, shown, shown


def _embedded(facts: Facts) -> Finding | None:
    """Find an official domain standing whole before the end of a foreign host."""
    know, text = facts.know, facts.text
    before_suffix = sum(len(label) + 1 for label in facts.labels[: -facts.link.suffix_labels])
    for number, start, end in facts.domain_hits:
        if end >= before_suffix:
            continue
        pattern = know.patterns[number]
        if start and (text[start - 1].isalnum() or (text[start - 1] == "-" and "-" in pattern)):
            continue
        after = text[end : end + 1]
        if not after or after.isalnum():
            continue
        domain = pattern if number < know.first_dashed else pattern.replace("-", ".")
        brand = know.official.get(domain)
        if brand is None:
            number_in_list = number - know.first_dashed
            domain = know.patterns[know.first_domain + number_in_list]
            brand = know.official[domain]
        return Finding("embedded", brand, text[start:end], f"‹{text[start:end]}›{text[end:]}")
    return None


def _in_userinfo(userinfo: str, know: Knowledge) -> list[Finding]:
    """Find the longest name of a brand that stands whole before `@`."""
    text = userinfo.lower()
    best: Finding | None = None
    longest = 0
    for number, start, end in know.automaton.find_matches_as_indexes(text, overlapping=True):
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if number >= know.first_dashed or before.isalnum() or after.isalnum() or end - start <= longest:
            continue
        pattern = know.patterns[number]
        brand, common = know.tokens[pattern] if number < know.first_domain else (know.official[pattern], 0)
        if not common:
            longest = end - start
            best = Finding("userinfo", brand, userinfo, f"‹{pattern}›@")
    return [best] if best else []


def _in_path(facts: Facts) -> list[Finding]:
    """Find a distinctive token or an official domain in the path: weak, news sites have it too."""
    know = facts.know
    text = facts.path
    for number, start, end in facts.path_hits:
        if number >= know.first_dashed or text[start - 1].isalnum() or text[end : end + 1].isalnum():
            continue
        pattern = know.patterns[number]
        if number >= know.first_domain:
            brand, common = know.official[pattern], 0
        elif end - start >= _PATH_TOKEN:
            brand, common = know.tokens[pattern]
        else:
            continue
        if not common:
            return [Finding("path", brand, text[start:end], text[start:end])]
    return []
