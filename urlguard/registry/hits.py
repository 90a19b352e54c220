"""Records that were found: what each does, which permission overrules it, which comes first."""

from typing import Final, NamedTuple

from urlguard.model import Kind
from urlguard.registry.matching import RANK, Standing
from urlguard.registry.rows import Entry, names, shown_id
from urlguard.scope import Effect


class Hit(NamedTuple):
    """A record that covers a resource."""

    resource: int
    """Index into what was asked: links first, then contacts."""
    entry: Entry
    state: str
    """The state it is in that day."""
    standing: Standing
    since: str
    """First day in force."""
    overruled_by: str = ""
    """Id of the allow record that overrules it."""

    @property
    def id(self) -> str:
        """The id a person sees."""
        return shown_id(self.entry.id)


class Near(NamedTuple):
    """A record close to a resource that does not cover it."""

    resource: int
    entry: Entry


def overruled(hits: list[Hit], strong: frozenset[str]) -> list[Hit]:
    """Mark what an allow record in force overrules: not a strong ground, unless it names it."""
    allows = [hit for hit in hits if hit.standing is Standing.ALLOWS]
    if not allows:
        return hits
    return [_overruled_by(hit, allows, strong) for hit in hits]


def _overruled_by(hit: Hit, allows: list[Hit], strong: frozenset[str]) -> Hit:
    entry = hit.entry
    if hit.standing not in {Standing.BLOCKS, Standing.WARNS} or entry.effect is not Effect.BLOCK:
        return hit
    for allow in allows:
        named = names(allow.entry.record().details.get("overrules"), entry.id, entry.ground.number)
        if allow.resource == hit.resource and (entry.ground.type not in strong or named):
            return hit._replace(standing=Standing.OVERRULED, overruled_by=allow.id)
    return hit


_FIRST: Final = {
    does: place
    for place, does in enumerate(
        (Standing.BLOCKS, Standing.WARNS, Standing.ALLOWS, Standing.OVERRULED, Standing.NONE)
    )
}


def order(hit: Hit) -> tuple[int, bool, int, int, int]:
    """Put a page before the account it belongs to, and a longer key before a shorter one."""
    entry = hit.entry
    return RANK[entry.match], entry.kind is not Kind.URL, -len(entry.key), _FIRST[hit.standing], entry.id
