"""Check names, as rules use them, bound to functions, sorted by what a link must have.

The guard runs a part only when the link has what the part is about: most links have no
hyphens, digits, known words, tenants or files, and pay nothing for those rules.
`SPELLING` checks need no function: the reader has noted the trick with its evidence.
"""

from collections.abc import Callable, Mapping
from typing import Final

from urlguard.checks import hosting, hosts, masks, tails
from urlguard.checks.knowledge import Knowledge
from urlguard.checks.options import Check, Options

Builder = Callable[[Options, Knowledge], Check]
Part = Mapping[str, Builder]

SPELLING: Final = frozenset({
    "userinfo", "backslash", "whitespace_inside", "percent_host", "obfuscated_ip", "compat_letters",
    "odd_dots", "invisible", "bidi", "control_characters", "odd_slashes", "trailing_dot",
    "bad_punycode", "malformed", "overlong_name", "cut", "too_deep", "shown_elsewhere",
})  # fmt: skip
"""Tricks in the spelling; `too_deep` is noted while unwrapping, `shown_elsewhere` by the text around."""
LOOKALIKE: Final = "lookalike"
"""Fires on a kind of imitation; `options: {kind: ...}` says which."""
WRAPPER: Final = "wrapper"
"""Fires on a link that carries another one; the guard knows while unwrapping."""
REGISTRY: Final = "registry_state"
"""Fires on a record of the registry; `options: {state: ...}` says in which state."""

ADDRESS: Final[Part] = {"ip_literal": hosts.ip_literal}
"""For hosts that are IP addresses."""
NAME: Final[Part] = {
    "host_mask": masks.host_mask,
    "long_host": hosts.long_host,
    "random_label": hosts.random_label,
}
"""For every host name."""
DEEP: Final[Part] = {"embedded_domain": hosts.embedded_domain, "many_labels": hosts.many_labels}
"""For host names with labels before the registrable domain."""
HYPHENS: Final[Part] = {"hyphen_chain": hosts.hyphen_chain}
DIGITS: Final[Part] = {"digits_glued": hosts.digits_glued, "digits_only": hosts.digits_only}
WORDS: Final[Part] = {
    "country_words": hosting.country_words,
    "host_words": hosting.host_words,
    "plain_http_bank": hosts.plain_http_bank,
}
"""For host names with known words."""
SUFFIX: Final[Part] = {"suffix_abused": hosts.suffix_abused}
"""For host names under a suffix with a measured share of phishing."""
FOREIGN: Final[Part] = {
    "mixed_script": hosts.mixed_script,
    "odd_letters": hosts.odd_letters,
    "whole_confusable": hosts.whole_confusable,
}
"""For host names with letters beyond ASCII."""
TENANT: Final[Part] = {
    "hosting_tenant": hosting.hosting_tenant,
    "messenger_invite": tails.messenger_invite,
    "messenger_number": tails.messenger_number,
    "shortener": hosting.shortener,
    "tenant_words": hosting.tenant_words,
}
"""For hosts shared by many: free hosting, messengers, shorteners."""
TAIL: Final[Part] = {
    "nested_link": tails.nested_link,
    "path_mask": masks.path_mask,
    "path_words": tails.path_words,
}
"""For links with more than a host."""
FILE: Final[Part] = {"download": tails.download}
"""For paths that end in a file name."""
PORT: Final[Part] = {"odd_port": hosts.odd_port}
SCHEME: Final[Part] = {
    "active_scheme": tails.active_scheme,
    "app_intent": tails.app_intent,
    "messenger_number": tails.messenger_number,
}
"""For links that are no web links."""

PARTS: Final[Mapping[str, Part]] = {
    "address": ADDRESS, "name": NAME, "deep": DEEP, "hyphens": HYPHENS, "digits": DIGITS,
    "words": WORDS, "suffix": SUFFIX, "foreign": FOREIGN, "tenant": TENANT, "tail": TAIL,
    "file": FILE, "port": PORT, "scheme": SCHEME,
}  # fmt: skip
OF_TEXTS: Final = frozenset({"words"})
"""Checks of rules about words, which no link fires."""
