"""What allow records overrule where no lookup is made: in a list that is written for another program."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from urlguard.record import Effect, Match
from urlguard.registry.rows import BARE, Entry, names


class Allowed:
    """The allow records that are in force."""

    def __init__(self, allows: Iterable[Entry], strong: Collection[str]) -> None:
        """`strong` are the types of documents that only an allow record which names them overrules."""
        self._strong = frozenset(strong)
        self._same: dict[object, list[Entry]] = defaultdict(list)
        self._hosts: dict[str, list[Entry]] = defaultdict(list)
        for entry in allows:
            self._same[entry.kind, entry.match, entry.key].append(entry)
            if entry.match in {Match.HOST, Match.DOMAIN}:
                self._hosts[entry.key].append(entry)

    def by(self, entry: Entry) -> Entry | None:
        """Return the allow record that overrules an entry as a whole; None when none does."""
        if not self._same or entry.effect is Effect.ALLOW:
            return None
        same = self._same.get((entry.kind, entry.match, entry.key), [])
        for allow in chain(same, self._above(entry)):
            if entry.ground.type not in self._strong or self._names(allow, entry):
                return allow
        return None

    def _above(self, entry: Entry) -> Iterator[Entry]:
        if entry.kind not in BARE:
            return
        host = name = entry.key.partition("/")[0].partition(":")[0]
        while name:
            yield from (
                allow for allow in self._hosts.get(name, ()) if name == host or allow.match is Match.DOMAIN
            )
            name = name.partition(".")[2]

    def _names(self, allow: Entry, entry: Entry) -> bool:
        return names(allow.record().details.get("overrules"), entry.id, entry.ground.number)
