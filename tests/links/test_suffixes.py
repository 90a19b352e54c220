import json
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList
from tldextract import TLDExtract

from urlguard.links.suffixes import EXCEPTION, ICANN, PRIVATE, Suffixes, a_label, suffix_tree, u_label
from urlguard.packs.book import suffix_rules
from urlguard.packs.where import suffix_snapshot

RULES, _ = suffix_rules()
SHIPPED = Suffixes(json.loads(json.dumps(suffix_tree(RULES))))
"""The list without our own hosting suffixes, after a trip through the cache."""


@cache
def tldextract() -> TLDExtract:
    return TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)


@cache
def publicsuffixlist() -> PublicSuffixList:
    return PublicSuffixList(source=suffix_snapshot().read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("host", "registrable"),
    [
        ("kaspi.kz", "kaspi.kz"),
        ("a.b.kaspi.kz", "kaspi.kz"),
        ("kz", None),
        ("gov.kz", None),
        ("egov.gov.kz", "egov.gov.kz"),
        ("shop.github.io", "shop.github.io"),
        ("a.shop.github.io", "shop.github.io"),
        ("github.io", None),
        ("www.ck", "www.ck"),
        ("a.www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck"),
        ("b.ck", None),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("city.kobe.jp", "city.kobe.jp"),
        ("почта.рф", "почта.рф"),
        ("a.xn--80ao21a", "a.xn--80ao21a"),
        ("a.b.unlisted-suffix", "b.unlisted-suffix"),
        ("Kaspi.KZ.", "kaspi.kz"),
        ("a..kz", None),
        ("", None),
    ],
)
def test_registrable_domain(host: str, registrable: str | None) -> None:
    assert SHIPPED.registrable(host) == registrable


def test_a_tree_of_all_kinds_of_rules() -> None:
    rules = [("kz", ICANN), ("*.ck", ICANN), ("!www.ck", ICANN), ("github.io", PRIVATE), ("io", ICANN)]
    tree = suffix_tree(rules)
    assert tree == {
        "kz": ICANN,
        "ck": {"*": ICANN, "www": EXCEPTION},
        "io": {"": ICANN, "github": PRIVATE},
    }
    assert suffix_tree(rules[::-1]) == tree


WILD = [rule for rule, _ in RULES if rule[0] in "*!"]
LABELS = st.sampled_from(["a", "www", "kaspi", "xn--80ao21a", "b-c", "1"])


@given(st.lists(LABELS, max_size=3), st.sampled_from([rule for rule, _ in RULES]) | st.sampled_from(WILD))
@settings(max_examples=1_000)
def test_walks_like_the_other_implementations(before: list[str], rule: str) -> None:
    suffix = ".".join(a_label(label) for label in rule.removeprefix("!").removeprefix("*.").split("."))
    host = ".".join([*before, suffix])
    assume(f"*.{host}" not in WILD)  # both take liberties with the parent of a wildcard
    ours = SHIPPED.registrable(host)
    assert ours == publicsuffixlist().privatesuffix(host)
    assert (ours or "") == tldextract()(host).top_domain_under_public_suffix


@pytest.mark.parametrize(
    ("host", "registrable"),
    [("nom.br", "nom.br"), ("a.nom.br", None), ("ex.futurecms.at", None), ("a.ex.futurecms.at", None)],
)
def test_parents_of_wildcards_follow_the_algorithm_of_the_list(host: str, registrable: str | None) -> None:
    assert SHIPPED.registrable(host) == registrable


@pytest.mark.parametrize(
    ("label", "text"),
    [
        pytest.param("kaspi", "kaspi", id="plain"),
        pytest.param("xn--80ao21a", "қаз", id="Kazakh"),
        pytest.param("xn--mnchen-3ya", "münchen", id="German"),
        pytest.param("xn--strae-oqa", "straße", id="sharp s stays"),
        pytest.param("xn--a", None, id="cut"),
        pytest.param("xn--", None, id="empty"),
        pytest.param("xn--evil-", None, id="only plain letters"),
        pytest.param("xn--a-ecp", None, id="compatibility sign"),
        pytest.param("xn--1nd", None, id="capital"),
        pytest.param("xn--99999999999", None, id="beyond Unicode"),
    ],
)
def test_decodes_a_labels_strictly(label: str, text: str | None) -> None:
    assert u_label(label) == text


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_decoding_never_raises(text: str) -> None:
    decoded = u_label(a_label(text))
    assert decoded in {None, text} or text.isascii()
    u_label(f"xn--{text}")
