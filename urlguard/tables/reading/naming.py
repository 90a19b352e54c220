"""Names of columns: all different, none empty."""

from collections.abc import Iterable


def names(cells: Iterable[str], width: int) -> tuple[str, ...]:
    """Return `width` names for columns that are titled so.

    >>> names(["url", "", " url "], 4)
    ('url', 'column 2', 'url 2', 'column 4')
    """
    titles = [" ".join(cell.replace("\0", " ").split()) for cell in cells][:width]
    titles += [""] * (width - len(titles))
    taken = {title for title in titles if title}
    found: list[str] = []
    used: set[str] = set()
    turns: dict[str, int] = {}
    for number, title in enumerate(titles, 1):
        name = title or f"column {number}"
        if name in used or (not title and name in taken):
            turn = turns.get(name, 2)
            while f"{name} {turn}" in used or f"{name} {turn}" in taken:
                turn += 1
            turns[name] = turn + 1
            name = f"{name} {turn}"
        used.add(name)
        found.append(name)
    return tuple(found)
