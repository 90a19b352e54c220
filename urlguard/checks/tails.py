"""Checks of what follows the host, and of links that are no web pages."""

import re
from typing import Final

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import SHORTEST_WORD, Knowledge
from urlguard.checks.options import Check, Options, choice, classes

ACTIVE: Final = frozenset({"javascript", "data", "vbscript", "blob", "view-source", "file", "about"})
"""Schemes whose link is itself a program, a page or a file."""
_OPENED_APPS: Final = re.compile(r"(?:intent|android-app|market|itms-[a-z]+|itms|ms-[a-z-]+|[a-z0-9.+-]+)")
_CONTACTS: Final = frozenset({"mailto", "tel", "sms", "smsto", "tg", "whatsapp", "viber", "http", "https",
                              "ftp", "ws", "wss"})  # fmt: skip
_NESTED: Final = re.compile(r"https?(?::|%3a)(?:/|%2f){2}|[=/]www\.", re.IGNORECASE)
_KZ_PREFIX: Final = ("77", "76")
_PHONE_IN_QUERY: Final = re.compile(r"[?&]phone=(?:%2B|\+)?(\d{7,15})", re.IGNORECASE)
_CHAT_HOSTS: Final = frozenset({"wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com", "t.me"})


def nested_link(_options: Options, _know: Knowledge) -> Check:
    """Another link in the path or query."""

    def check(facts: Facts) -> str | None:
        tail = facts.link.tail
        if "://" not in tail and "%" not in tail and "www." not in tail:
            return None
        found = _NESTED.search(tail)
        return tail[found.start() : found.start() + 60] if found else None

    return check


def path_words(options: Options, know: Knowledge) -> Check:
    """One of the `words`, of four letters and more, stands whole in the path.

    Words count only when the word list knows them: they are found by its automaton.
    """
    wanted = classes(options, "words")

    def check(facts: Facts) -> str | None:
        path = facts.path
        if len(path) <= SHORTEST_WORD:
            return None
        for number, start, end in facts.path_hits:
            if number >= know.first_word:
                word = path[start:end]
                edges = path[start - 1] + path[end : end + 1]
                if word in wanted and not any(map(str.isalnum, edges)):
                    return word
        return None

    return check


def download(options: Options, _know: Knowledge) -> Check:
    """The path ends in a file of one of the `extensions`."""
    endings = tuple(f".{extension}" for extension in classes(options, "extensions"))

    def check(facts: Facts) -> str | None:
        path = facts.path
        return path.rpartition("/")[2] if path.endswith(endings) else None

    return check


def active_scheme(_options: Options, _know: Knowledge) -> Check:
    """The link is itself a program or a page."""
    return lambda facts: f"{facts.link.scheme}:" if facts.link.scheme in ACTIVE else None


def app_intent(_options: Options, _know: Knowledge) -> Check:
    """The link opens an app instead of a page."""

    def check(facts: Facts) -> str | None:
        scheme = facts.link.scheme
        if scheme in ACTIVE or scheme in _CONTACTS or not _OPENED_APPS.fullmatch(scheme):
            return None
        return f"{scheme}:"

    return check


def messenger_number(options: Options, _know: Knowledge) -> Check:
    """A messenger link to a phone number, `which` is kz or foreign."""
    which = choice(options, "which", "kz", "foreign")

    def check(facts: Facts) -> str | None:
        found = chat_number(facts)
        if found is None:
            return None
        kazakh = len(found) == 11 and found.startswith(_KZ_PREFIX)  # noqa: PLR2004  (7 and ten digits)
        return f"+{found}" if kazakh == (which == "kz") else None

    return check


def chat_number(facts: Facts) -> str | None:
    """Return the digits of the phone number a messenger link leads to."""
    link = facts.link
    if link.scheme in {"tel", "sms", "smsto"}:
        digits = re.sub(r"\D", "", link.key.partition(":")[2].partition("?")[0])
        if len(digits) == 11 and digits.startswith("8"):  # noqa: PLR2004  (8 is the trunk prefix)
            digits = f"7{digits[1:]}"
        return digits if len(digits) > 6 else None  # noqa: PLR2004  (shorter are service numbers)
    if link.host.removeprefix("www.") not in _CHAT_HOSTS:
        return None
    segment = link.tail.partition("?")[0].strip("/")
    if segment.lstrip("+").isdigit() and len(segment) > 6:  # noqa: PLR2004
        return segment.lstrip("+")
    found = _PHONE_IN_QUERY.search(link.tail)
    return found[1] if found else None


def messenger_invite(_options: Options, _know: Knowledge) -> Check:
    """An invitation into a closed chat."""

    def check(facts: Facts) -> str | None:
        link = facts.link
        host = link.host.removeprefix("www.")
        tail = link.tail
        if host == "chat.whatsapp.com" and len(tail) > 1:
            return tail
        if host in {"t.me", "telegram.me", "telegram.dog"} and (
            (tail.startswith("/+") and not tail[2:].isdigit()) or tail.startswith("/joinchat/")
        ):
            return tail
        return None

    return check
