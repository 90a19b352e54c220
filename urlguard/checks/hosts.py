"""Checks of the host: its shape, its letters, its suffix, who hosts it."""

import re
from itertools import pairwise
from types import ModuleType
from typing import Final

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.checks.options import Check, Options, number, whole

_DIGITS_GLUED: Final = re.compile(r"[a-z]{3,}\d+[a-z]{2,}|[a-z]{3,}\d{4,}|\d{3,}[a-z]{3,}\d")
_DNS_PORTS: Final = frozenset({"80", "443", ""})
_LETTERS: Final = re.compile(r"[a-z]+")


def ip_literal(_options: Options, _know: Knowledge) -> Check:
    """The host is an IP address."""
    return lambda facts: facts.link.host if facts.link.is_ip else None


def many_labels(options: Options, _know: Knowledge) -> Check:
    """At least `min` labels before the public suffix."""
    least = whole(options, "min")

    def check(facts: Facts) -> str | None:
        link = facts.link
        return link.host if len(link.labels) - link.suffix_labels >= least else None

    return check


def long_host(options: Options, _know: Knowledge) -> Check:
    """A host of at least `min` characters."""
    least = whole(options, "min")
    return lambda facts: facts.link.host if len(facts.link.host) >= least else None


def hyphen_chain(options: Options, _know: Knowledge) -> Check:
    """A label with at least `min` hyphens, A-label marks not counted."""
    least = whole(options, "min")

    def check(facts: Facts) -> str | None:
        if facts.link.host.count("-") < least:
            return None
        for label in facts.labels:
            if label.count("-") >= least and not label.startswith("xn--"):
                return label
        return None

    return check


def random_label(options: Options, know: Knowledge) -> Check:
    """A name of letters improbable for a name.

    Measured as the mean information of its letter pairs in bits, under pair frequencies
    counted over popular host names (`letter_pairs`, see bench/letter_pairs.py), digits and
    hyphens left out. Fires at `bits` and more for names of at least `min` letters without
    any known word, of which fewer than a third are vowels.
    """
    least, bits = whole(options, "min"), number(options, "bits")
    pairs = know.letter_pairs

    def check(facts: Facts) -> str | None:
        name = facts.name
        size = len(name)
        if size < least or facts.word_spans or facts.token_hits:
            return None
        count = name.count
        if 3 * (count("a") + count("e") + count("i") + count("o") + count("u")) >= size:
            return None
        letters = "".join(_LETTERS.findall(name))
        steps = [pairs.get(one + other, bits) for one, other in pairwise(letters)]
        return name if len(letters) >= least and sum(steps) >= bits * len(steps) else None

    return check


def digits_glued(_options: Options, _know: Knowledge) -> Check:
    """Digits glued to or between words in the registered name."""

    def check(facts: Facts) -> str | None:
        name = facts.name
        return name if not name.isalpha() and _DIGITS_GLUED.search(name) else None

    return check


def digits_only(_options: Options, _know: Knowledge) -> Check:
    """The registered name consists of at least three digits and hyphens."""

    def check(facts: Facts) -> str | None:
        name = facts.name
        if name.isalpha():
            return None
        return name if len(name) > 3 and name.replace("-", "").isdigit() else None  # noqa: PLR2004

    return check


def _writing() -> ModuleType:
    """Load the tests of foreign writing when the first such name is met: 7 ms of a start."""
    from urlguard.checks import writing  # noqa: PLC0415  (see above)

    return writing


def mixed_script(_options: Options, know: Knowledge) -> Check:
    """One label mixes scripts that browsers do not allow together (UTS 39, 5.2)."""

    def check(facts: Facts) -> str | None:
        for label in facts.labels:
            if not label.isascii():
                scripts = {know.letters.script(char) for char in label} - {""}
                allowed = any(scripts <= together for together in know.letters.together)
                if len(scripts) > 1 and (not allowed or _writing().accents_clash(label)):
                    return label
        return None

    return check


def whole_confusable(_options: Options, know: Knowledge) -> Check:
    """A label wholly in one foreign script whose letters all look Latin, away from home.

    As browsers do: `сосо.com` is read as Latin, while under a suffix where the script is
    at home (.ru, .kz, .қаз) honest names look like that too.
    """
    letters = know.letters

    def check(facts: Facts) -> str | None:
        suffix = facts.link.labels[-1]
        local = {letters.script(char) for char in facts.labels[-1]}
        for label in facts.labels[: -facts.link.suffix_labels or None]:
            if label.isascii():
                continue
            scripts = {letters.script(char) for char in label} - {""}
            if len(scripts) != 1 or "Latin" in scripts:
                continue
            script = next(iter(scripts))
            at_home = suffix in letters.zones.get(script, ()) or script in local
            if not at_home and _writing().reads_as_latin(label, letters.look, script):
                return label
        return None

    return check


def odd_letters(_options: Options, know: Knowledge) -> Check:
    """Letters or signs that no ordinary name uses: symbols, modifiers, foreign marks."""
    letters = know.letters

    def check(facts: Facts) -> str | None:
        top = facts.link.labels[-1]
        for label in facts.labels:
            if label.isascii():
                continue
            if _writing().oddly_written(label, letters.look(label), top, letters.script):
                return label
        return None

    return check


def plain_http_bank(_options: Options, _know: Knowledge) -> Check:
    """A bank-like or payment-like name without encryption, written with `http:`."""

    def check(facts: Facts) -> str | None:
        link = facts.link
        if link.scheme != "http" or link.raw[:5].lower() != "http:":
            return None
        return next((word for word, _ in facts.words if word in _SECURE_WORDS), None)

    return check


_SECURE_WORDS: Final = frozenset({"bank", "banking", "pay", "payment", "wallet", "login", "kabinet", "oplata",
                                  "perevod", "tolem"})  # fmt: skip


def odd_port(_options: Options, _know: Knowledge) -> Check:
    """A port other than those of the web."""

    def check(facts: Facts) -> str | None:
        link = facts.link
        return f":{link.port}" if link.port not in _DNS_PORTS else None

    return check


def embedded_domain(_options: Options, know: Knowledge) -> Check:
    """A whole domain stands before the registrable one: `login.bank.com.evil.top`."""

    def check(facts: Facts) -> str | None:
        link = facts.link
        before = link.labels[: -link.suffix_labels - 1]
        for at in range(1, len(before)):
            count, section = know.suffixes.length(before[: at + 1])
            if section == 1 and count <= at and len(before[at]) > 1 and before[at] in _COMMON_TOPS:
                return ".".join(before[: at + 1])
        return None

    return check


_COMMON_TOPS: Final = frozenset({"com", "net", "org", "kz", "ru", "gov", "info", "edu", "uz", "kg", "by"})
"""Only suffixes people know: `io.example.com` and `de.example.com` are honest sub-domains."""


def suffix_abused(options: Options, know: Knowledge) -> Check:
    """The measured share of phishing among names under this suffix lies in a range."""
    over, under = number(options, "over"), number(options, "under", 2.0)
    shares = know.suffix_abuse

    def check(facts: Facts) -> str | None:
        suffix = facts.suffix
        share = shares.get(suffix)
        if share is not None and over <= share < under:
            return f".{suffix}"
        return None

    return check
