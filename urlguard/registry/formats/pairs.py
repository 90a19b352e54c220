"""A host and `*.host` on two rows that follow on each other are one host with its subdomains."""

from collections.abc import Iterable, Iterator

from urlguard.record import BadRow, Match, Row


def paired(rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
    """Join a `host_only` row with the mask of its subdomains right behind it.

    >>> below = Row(2, "*.a.top", match=Match.MASK)
    >>> [(row.line, row.value) for row in paired([Row(1, "a.top", match=Match.HOST), below])]
    [(1, 'a.top')]
    """
    waiting: Row | None = None
    for row in rows:
        if waiting is not None:
            if isinstance(row, Row) and row.match is Match.MASK and _same(waiting, row):
                yield waiting._replace(match=Match.DOMAIN)
                waiting = None
                continue
            yield waiting
            waiting = None
        if isinstance(row, Row) and row.match is Match.HOST:
            waiting = row
        else:
            yield row
    if waiting is not None:
        yield waiting


def _same(host: Row, below: Row) -> bool:
    return below.value == f"*.{host.value}" and below.fields == host.fields
