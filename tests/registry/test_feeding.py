"""The configuration of lists from the web: strict, and the sample one is switched off."""

from pathlib import Path
from typing import Any

import pytest
from checks.tables import book
from hypothesis import given
from hypothesis import strategies as st

from urlguard.errors import PackError, PackErrors, UrlguardError
from urlguard.packs.source import parse_pack
from urlguard.registry.feeding import KEYS, FeedSettings, _settings, read_feeds
from urlguard.registry.formats.table import FORMATS

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "feeds.yaml"
FEED = """\
feeds:
- name: own
  url: https://lists.example/scam.txt
  format: domains
  licence: MIT
"""


def read(folder: Path, text: str) -> tuple[FeedSettings, ...]:
    path = folder / "feeds.yaml"
    path.write_text(text, "utf-8")
    registry: dict[str, Any] = book()["registry"]
    return read_feeds(path, registry["states"], registry["categories"])


def test_what_is_not_said(tmp_path: Path) -> None:
    (feed,) = read(tmp_path, FEED)
    assert feed == FeedSettings("own", "https://lists.example/scam.txt", "domains", "MIT")
    assert (feed.enabled, feed.trust, feed.state) == (False, "warn", "submitted")


def test_every_key_is_read(tmp_path: Path) -> None:
    text = FEED + (
        "  enabled: yes\n  trust: block\n  state: under_review\n  homepage: https://lists.example/\n"
        f"  sha256: {'AB' * 32}\n  checksum_url: https://lists.example/sum\n"
        "  signature_url: https://lists.example/sig\n"
        f"  public_key: RW{'A' * 54}\n"
        "  content_types: [Text/Plain, text/*]\n  category: gambling\n  note: a note\n"
    )
    (feed,) = read(tmp_path, text)
    assert {key for key in KEYS if getattr(feed, key)} == set(KEYS)
    assert (feed.sha256, feed.content_types) == ("ab" * 32, ("text/plain", "text/*"))
    assert (feed.enabled, feed.trust, feed.state) == (True, "block", "under_review")


def test_a_trusted_list_blocks(tmp_path: Path) -> None:
    (feed,) = read(tmp_path, FEED + "  trust: block\n")
    assert feed.state == "restricted"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        pytest.param("lists: []\n", 1, "unknown section 'lists'", id="section"),
        pytest.param("{}\n", 1, "the section 'feeds' is missing", id="nothing"),
        pytest.param("feeds: own\n", 1, "a list is wanted here", id="no list"),
        pytest.param("feeds: [own]\n", 1, "keys with values are wanted here", id="no mapping"),
        pytest.param(FEED + "  enable: yes\n", 6, "unknown key 'enable'", id="key"),
        pytest.param(FEED.replace("  licence: MIT\n", ""), 2, "'licence' is missing", id="terms"),
        pytest.param(FEED.replace("own", "Own List"), 2, "'Own List' is not an id", id="name"),
        pytest.param(FEED.replace("own", "local"), 2, "'local' is the list of what people", id="local"),
        pytest.param(FEED.replace("https:", "ftp:"), 3, "is not a web address", id="scheme"),
        pytest.param(
            FEED.replace("lists.", "me:secret@lists."), 3, "is not a web address", id="password"
        ),
        pytest.param(FEED.replace("domains", "domain"), 4, "'domain' is not known here", id="format"),
        pytest.param(FEED + "  enabled: maybe\n", 6, "neither yes nor no", id="flag"),
        pytest.param(FEED + "  trust: full\n", 6, "'full' is not known here", id="trust"),
        pytest.param(FEED + "  state: blocked\n", 6, "'blocked' is not known here", id="state"),
        pytest.param(FEED + "  category: phishing\n", 6, "'phishing' is not known here", id="category"),
        pytest.param(FEED + "  sha256: abc\n", 6, "'abc' is not a SHA-256 sum", id="sum"),
        pytest.param(FEED + "  public_key: secret\n", 6, "'secret' is not a public key", id="public key"),
        pytest.param(FEED + "  content_types: [html]\n", 6, "'html' is not a media type", id="media type"),
        pytest.param(
            FEED + "  signature_url: https://x.example/s\n", 6, "without a public key", id="no key"
        ),
        pytest.param(FEED + FEED[7:], 6, "the list 'own' exists already", id="twice"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, line: int, what: str) -> None:
    with pytest.raises(PackError, match=what) as caught:
        read(tmp_path, text)
    assert caught.value.where == f"{tmp_path / 'feeds.yaml'}:{line}"
    assert caught.value.mend


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = FEED + FEED[7:].replace("own", "other").replace("domains", "x") + FEED[7:].replace("MIT", "''")
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, text)
    assert [error.where.rpartition(":")[2] for error in caught.value.errors] == ["8", "13", "10"]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        read_feeds(tmp_path / "nowhere.yaml")


@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), st.text(max_size=40), max_size=8))
def test_any_row_is_settings_or_a_named_mistake(row: dict[str, str]) -> None:
    lines = [
        f"{key}: '{value.replace(chr(39), '').encode('unicode_escape').decode()}'"
        for key, value in row.items()
    ]
    try:
        feed = _settings(parse_pack("\n".join(lines or ["{}"]).encode(), "feeds.yaml"), (), ())
    except UrlguardError as error:
        if "feeds.yaml" not in str(error):
            raise
        return
    assert feed.name == row["name"]


# The sample


def test_every_list_of_the_sample_is_switched_off_and_says_its_terms() -> None:
    registry = book()["registry"]
    feeds = read_feeds(SAMPLE, registry["states"], registry["categories"])
    assert len(feeds) >= 10
    for feed in feeds:
        assert not feed.enabled
        assert feed.homepage
        assert feed.note
        assert feed.category in registry["categories"]
        assert feed.format in FORMATS


def test_the_sample_has_lists_for_non_commercial_use_named_so() -> None:
    terms = {feed.name: feed.licence for feed in read_feeds(SAMPLE)}
    for name in ("openphish", "phishing-army", "urlhaus"):
        assert "non-commercial" in terms[name]
