"""The links of an input: read, with those they carry inside, and the rules about links fired on them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from urlguard.checks.facts import Facts
from urlguard.checks.knowledge import Knowledge
from urlguard.detecting import Detector, Fired
from urlguard.extract.anchors import anchors
from urlguard.extract.gaps import closed
from urlguard.extract.lines import MOST_LINKS, Candidate, bare
from urlguard.extract.wrappers import DEPTH, Wrappers
from urlguard.links.link import NO_TRICKS, Link
from urlguard.links.reading import Reader
from urlguard.links.suffixes import PRIVATE
from urlguard.model import Kind, Resource, Span

_MOST_QUIET: Final = 100_000
"""Hosts that are remembered, some fourteen megabytes."""
_MOST_LAYERS: Final = 200
"""Links of one input, those inside others counted: each can carry several, five deep."""
_AROUND: Final = 4
"""Spaces, quotes and brackets around an address that is shown."""
_PLAIN_LABELS: Final = 2
"""Only hosts with more labels can hold another host in a label."""


class Standing(NamedTuple):
    """Where a link stands among the names that are registered."""

    suffix: str
    """Public suffix; empty for an IP address or where there is no host."""
    hosting: str
    """The hosting that many share, as `pages.dev` or `t.me`; empty for none."""


class Plain(NamedTuple):
    """What the rules say of one link and of those it carries, before it is told."""

    links: list[Link]
    fired: list[Fired]
    owner: int | None
    """Number of the brand whose own address it is."""


class Linked:
    """Reads links and judges them by the rules of one book."""

    def __init__(self, reader: Reader, wrappers: Wrappers, know: Knowledge, detector: Detector) -> None:
        """Keep what reads, and what judges."""
        self._reader = reader
        self._wrappers = wrappers
        self._know = know
        self._detector = detector
        self._quiet: tuple[set[str], set[str]] = (set(), set())
        """Hosts of links without and with TLS: a rule may tell between them."""

    def plain(self, text: str) -> Link | None:
        """Read what is one link and nothing else, with nothing odd in its spelling; else None."""
        if text.count("://") != 1 or '"' in text or "<" in text or ">" in text:
            return None
        return self._reader.plain(text)

    def read(self, text: str) -> Link | None:
        """Read a link, with quotes and brackets around it taken off when it needs that."""
        link = self._reader.read(text)
        if link is None or link.malformed:
            inner, start = bare(text)
            if inner != text:
                link = self._reader.read(inner) or link
                if link is not None:
                    link.span = (start, start + len(inner))
        return link

    def among(self, found: Sequence[Candidate], most: int = MOST_LINKS) -> list[Link]:
        """Return the links among pieces of a text; of more than `most` it is said that some were not read."""
        links = []
        for text, start in found[:most]:
            whole = closed(text)
            link = self._reader.read(whole)
            if link is not None and "malformed" in link.tricks and "/" not in whole:
                continue  # among words: `Hmm...my`, which opens nothing
            if link is not None and (link.is_ip or not link.host or link.section or "://" in whole):
                link.span = (start, start + len(text))
                if whole != text:
                    link.raw = text
                    link.tricks = {**link.tricks, "whitespace_inside": text}
                links.append(link)
        if links and len(found) > most:
            links[0].tricks = {**links[0].tricks, "cut": f"{len(found)} > {most}"}
        return links

    def compare(self, text: str, links: Sequence[Link]) -> None:
        """Note of links that show an address where they lead otherwise; a brand's addresses are one."""
        for anchor in anchors(text):
            shown, target = (_within(links, span) for span in anchor)
            if shown is None or target is None or not shown.host or not target.host:
                continue
            owner = self._know.owner(shown)
            same = owner is not None and owner == self._know.owner(target)
            if shown.registrable != target.registrable and not same:
                target.tricks = {**target.tricks, "shown_elsewhere": shown.host}

    def fire(self, layers: list[Link], fired: list[Fired]) -> list[int | None]:
        """Fire the rules about links; return the owners of those that are not inside others."""
        owners: list[int | None] = []
        depths = [0] * len(layers)
        for at, link in enumerate(layers):
            facts = self._fired(link, at, fired)
            if depths[at] == 0:
                owners.append(facts.official if facts is not None else None)
            if facts is None or facts.path or len(link.labels) > _PLAIN_LABELS:
                known = facts is not None and facts.owner is not None
                inner, wrapping = self._wrappers.inside(link, known=known)
                if inner and len(layers) < _MOST_LAYERS:
                    carried = self._unwrapped(link, inner, at, depths[at], fired, wrapping=wrapping)
                    layers += carried  # the loop reaches what is appended
                    depths += [depths[at] + 1] * len(carried)
                elif inner:
                    self._detector.fire_trick("too_deep", str(len(layers)), at, fired)
        return owners

    def _fired(self, link: Link, layer: int, fired: list[Fired]) -> Facts | None:
        """Fire the rules about one link, and return what they looked at; None when it has no host.

        Hosts are remembered of which no rule had anything to say: of the next link on one only what
        follows the host is looked at.
        """
        if not link.host:
            self._detector.fire(link, None, layer, fired)
            return None
        plain = link.tricks is NO_TRICKS and not link.port and not link.userinfo
        quiet = self._quiet[link.scheme == "https"]
        if plain and link.host in quiet:
            facts = Facts(link, self._know, quiet=True)
            self._detector.fire_behind(facts, layer, fired)
            return facts
        facts = Facts(link, self._know)
        before = len(fired)
        self._detector.fire(link, facts, layer, fired)
        if plain and len(fired) == before and facts.is_quiet():
            if len(quiet) >= _MOST_QUIET:
                quiet.clear()
            quiet.add(link.host)
        return facts

    def _unwrapped(
        self, link: Link, inner: list[str], layer: int, depth: int, fired: list[Fired], *, wrapping: bool
    ) -> list[Link]:
        """Read the links this one carries, to the depth that is judged."""
        found = []
        for raw in inner:
            carried = self._reader.read(raw)
            if carried is None:
                continue
            if wrapping:
                self._detector.fire_wrapper(carried.host or raw, layer, fired)
            if depth >= DEPTH:
                self._detector.fire_trick("too_deep", str(DEPTH), layer, fired)
                continue
            carried.via = link.host or f"{link.scheme}:"
            found.append(carried)
        return found

    def standing(self, link: Link) -> Standing:
        """Return where a link stands."""
        know = self._know
        if not link.host:
            return _NOWHERE
        suffix = link.labels[-1] if link.suffix_labels == 1 and not link.is_ip else link.suffix
        if link.section == PRIVATE and suffix in know.tenants:
            return Standing(suffix, suffix)
        if link.host in know.tenant_paths or link.host in know.shorteners:
            return Standing(suffix, link.host)
        return Standing(suffix, "")


_NOWHERE: Final = Standing("", "")


def _within(links: Sequence[Link], span: Span) -> Link | None:
    """Return the link that is most of a piece of text; words around one show no address."""
    start, end = span
    return next(
        (
            link
            for link in links
            if link.span is not None
            and start <= link.span[0]
            and link.span[1] <= end
            and end - start - _AROUND <= link.span[1] - link.span[0]
        ),
        None,
    )


def resource_of(text: str, link: Link) -> Resource:
    """Return a link as a resource of the text it was read from."""
    span = link.span
    if span is None and not link.via:
        span = (0, len(text)) if link.raw is text else None
    return Resource(Kind.URL, link.raw, link.key, span)
