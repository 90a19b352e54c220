"""The formats of lists, by name. A format's module is imported when it is first used."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Final, TextIO, cast

from urlguard.record import BadRow, Record, Row, Unexpressed
from urlguard.registry.formats.head import Head
from urlguard.registry.formats.sniffing import sniffed_content
from urlguard.tables.source import Source

Reader = Callable[[Source], Iterator[Row | BadRow]]
Writer = Callable[[Iterable[Record], TextIO, Head], Iterator[Unexpressed]]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a list down."""

    name: str
    """Also the name of its module."""
    title: str
    extensions: tuple[str, ...]
    """Of file names, with the dot, lower case; a name may belong to several formats."""
    lossless: bool = False
    """What it writes, it reads back equal, with history."""
    encoding: str = "utf-8"
    """To open the file with that `write` gets; line ends are `\\n` unless the module says otherwise."""

    @property
    def read(self) -> Reader:
        """Rows of a source, as written; raises `ListError` when it cannot be read on."""
        return cast("Reader", self._function("read"))

    @property
    def write(self) -> Writer:
        """Writes records as the generator is run, and yields what it could not write."""
        return cast("Writer", self._function("write"))

    def _function(self, name: str) -> object:
        return getattr(import_module(f"urlguard.registry.formats.{self.name}"), name)


_ALL: Final = (
    Format("csv", "CSV with a header line", (".csv", ".tsv"), encoding="utf-8-sig"),
    Format("jsonl", "JSON lines, lossless", (".jsonl", ".ndjson"), lossless=True),
    Format("domains", "one resource a line", (".txt", ".list", ".lst")),
    Format("hosts", "hosts file", (".hosts", ".txt")),
    Format("adblock", "adblock network rules", (".txt", ".abp", ".adblock")),
    Format("rpz", "DNS response policy zone", (".rpz", ".zone", ".db")),
    Format("dnsmasq", "dnsmasq configuration", (".conf", ".dnsmasq")),
    Format("unbound", "Unbound configuration", (".conf", ".unbound")),
    Format("squid", "Squid dstdomain list", (".squid", ".acl")),
    Format("govkz", "gov.kz JSON", (".json",)),
    Format("rkn", "Roskomnadzor-style dump", (".csv",), encoding="cp1251"),
    Format("misp", "MISP warning list", (".json",)),
    Format("stix", "STIX 2.1 indicators", (".json", ".stix")),
    Format("certpl", "CERT Polska warning list", (".json",)),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({format_.name: format_ for format_ in _ALL})


def sniffed(path: str, head: bytes) -> str | None:
    """Return the name of the format by the first bytes of a file, or else by its extension.

    `head` should be some kilobytes; gzip is looked into. None when neither decides.
    """
    found = sniffed_content(head)
    if found:
        return found
    named = by_extension(path)
    return named[0] if len(named) == 1 else None


def by_extension(path: str) -> tuple[str, ...]:
    """Return the names of the formats whose files are called like this one."""
    lowered = path.lower()
    for packed in (".gz", ".zst"):
        lowered = lowered.removesuffix(packed)
    return tuple(format_.name for format_ in _ALL if lowered.endswith(format_.extensions))
