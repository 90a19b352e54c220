"""What the checks look at: one link, seen through the knowledge of a rule book."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from urlguard.checks.knowledge import UNSURE, Knowledge
from urlguard.links.link import Link
from urlguard.links.suffixes import PRIVATE, u_label

_LOG_INS: Final = frozenset({"login", "signin", "sign-in", "logon", "auth", "oauth", "signup", "account"})

Hit = tuple[int, int, int]
"""Number of a pattern, start, end (exclusive)."""


class Facts:
    """One link with what several checks need of it."""

    __slots__ = (
        "_path_hits",
        "_words",
        "domain_hits",
        "hits",
        "kind",
        "know",
        "labels",
        "link",
        "name",
        "owner",
        "path",
        "suffix",
        "tenant",
        "text",
        "token_hits",
        "word_spans",
    )

    def __init__(self, link: Link, know: Knowledge, *, quiet: bool = False) -> None:
        """Find out whose host it is, whether a tenant's, and which known words it carries.

        Of a `quiet` host (`is_quiet`) no rule has anything to say.
        """
        self.link = link
        self.know = know
        self.owner: int | None = None
        self.kind = ""
        """Kind of shared hosting, empty when none."""
        self.tenant = ""
        """Name of the tenant on shared hosting, as in the host or path."""
        self.path = link.tail.partition("?")[0].lower() if len(link.tail) > 1 else ""
        """Path in lower case; empty for a bare host."""
        self._path_hits: list[Hit] | None = None
        self._words: list[tuple[str, str]] | None = None
        host = link.host
        labels = link.labels
        self.labels: list[str] = labels
        """Labels as a person sees them: Unicode, lower case."""
        if "xn--" in host:
            self.labels = [u_label(label) or label for label in labels]
            host = know.letters.latin(".".join(self.labels))
        self.text = host
        """Host in Latin letters, for looking up words."""
        self.hits: list[Hit] = (
            [] if quiet else know.automaton.find_matches_as_indexes(host, overlapping=True)
        )
        self.token_hits: list[Hit] = []
        self.domain_hits: list[Hit] = []
        self.word_spans: list[tuple[int, int]] = []
        if self.hits:
            self._sort_hits(know.first_domain, know.first_word)
        self.name = ""
        """The label that somebody registered (or the tenant's), in Unicode; may be empty."""
        self.suffix = ""
        """Public suffix; empty for IP addresses."""
        if not link.is_ip:
            at = len(labels) - link.suffix_labels - 1
            if at >= 0:
                self.name = self.labels[at]
            self.suffix = labels[-1] if link.suffix_labels == 1 else link.suffix
            if quiet:
                return
            self.owner = know.owner(link)
            if link.section == PRIVATE or self.path:
                self._find_tenant()

    def is_quiet(self) -> bool:
        """Tell whether what a link on a host leads to changes nothing about the host."""
        link = self.link
        return (
            not (self.kind or link.is_ip)
            and self.owner is None
            and self.labels is link.labels
            and not self.know.has_tenants(link.host)
        )

    def _sort_hits(self, first_domain: int, first_word: int) -> None:
        for hit in self.hits:
            number = hit[0]
            if number >= first_word:
                self.word_spans.append((hit[1], hit[2]))
            elif number < first_domain:
                self.token_hits.append(hit)
            else:
                self.domain_hits.append(hit)

    @property
    def path_hits(self) -> list[Hit]:
        """Known words and names in the path."""
        if self._path_hits is None:
            automaton = self.know.automaton
            self._path_hits = automaton.find_matches_as_indexes(self.path, overlapping=True)
        return self._path_hits

    def _find_tenant(self) -> None:
        """Find out whether others than the owner of the host stand behind this link."""
        link, know = self.link, self.know
        if link.section == PRIVATE:
            kind = know.tenants.get(link.suffix)
            own = kind == "subdomain" and self.owner is not None
            if kind is not None and not own and self.name and self.name != "www":
                self.kind, self.tenant, self.owner = kind, self.name, None
                return
        if not self.path or self._is_log_in():
            return
        if link.host in know.shorteners:
            self.kind, self.tenant = "shortener", link.tail[1:]
        else:
            self._find_path_tenant()

    def _is_log_in(self) -> bool:
        """Tell whether this is a brand's own log-in page and not somebody's account."""
        return self.owner is not None and self.path[1:].partition("/")[0] in _LOG_INS

    def _find_path_tenant(self) -> None:
        host = self.link.host
        found = self.know.tenant_paths.get(host)
        if found is None and host.startswith(("www.", "m.")):
            found = self.know.tenant_paths.get(host.partition(".")[2])
        if found is None:
            return
        self.kind, number, after = found
        segments = [part for part in self.link.tail.partition("?")[0].split("/") if part]
        while segments and segments[0].lower() in after:
            segments.pop(0)
        if len(segments) >= number:
            tenant = segments[number - 1]
            self.tenant = unquote(tenant, errors="replace") if "%" in tenant else tenant

    @property
    def official(self) -> int | None:
        """The brand whose own address this is; what users put on its hosts is not."""
        return None if self.tenant or self.owner == UNSURE else self.owner

    @property
    def words(self) -> list[tuple[str, str]]:
        """Known words of the host before its suffix, with their classes.

        A word counts as a whole piece between dots and hyphens, or as half of a piece that
        splits into two known words or a word and a number.
        """
        if self._words is None:
            self._words = self._find_words()
        return self._words

    def _find_words(self) -> list[tuple[str, str]]:
        know = self.know
        spans = self.word_spans
        text = self.text
        if not spans and "-" not in text:
            return []
        found = []
        at = 0
        for label in text.split(".")[: -self.link.suffix_labels]:
            for piece in label.split("-"):
                end = at + len(piece)
                name = know.words.get(piece)
                if name is not None:
                    if len(piece) > 2:  # noqa: PLR2004  (two letters say nothing)
                        found.append((piece, name))
                elif spans and piece not in know.ordinary:
                    found += _halves(text, at, end, spans, know.words)
                at = end + 1
        return found


def _halves(
    text: str, start: int, end: int, spans: list[tuple[int, int]], words: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Split a piece into a long word and another word or a number; empty when it does not."""
    for one, other in spans:
        if one == start and other < end:
            word, rest = text[one:other], text[other:end]
        elif other == end and one > start:
            word, rest = text[one:other], text[start:one]
        else:
            continue
        name = words.get(rest)
        if name is not None:
            return [(word, words[word]), (rest, name)]
        if rest.isdigit():
            return [(word, words[word])]
    return []
