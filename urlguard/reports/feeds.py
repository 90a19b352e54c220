"""What became of a list from the web, in one line."""

from collections.abc import Mapping
from typing import Any

from urlguard.reports.lists import number, tally
from urlguard.reports.records import clean


def line(texts: Mapping[str, str], name: str, said: Mapping[str, Any], *, preview: bool = False) -> str:
    """Return the line of one list: its name, how it went, then counts or the reason.

    `said` holds `status`, `why`, `message`, `before`, `after`, `line`, `good`, `counts`,
    `event` and `limits`, as the command gets them from `urlguard.updating`.
    """
    status, counts, event = said["status"], said["counts"], said["event"]
    head = f"{clean(name) + ' ' * (len(name) - len(name.rstrip()))}  {texts[f'feed_{status}']}"
    if status in {"failed", "held"}:
        kept = f" ({texts['feed_kept']})" if said["before"] else ""
        return f"{head}: {_why(texts, said)}{kept}"
    if not counts:
        return head
    rows = f"{texts['import_rows'].format(n=number(counts['read']))}: {tally(texts, counts)}"
    if preview:
        return f"{head} ({texts['feed_preview']}): {rows}"
    back = "" if event is None else "; " + texts["feed_undo"].format(event=event)
    return f"{head}: {rows}{back}"


def _why(texts: Mapping[str, str], said: Mapping[str, Any]) -> str:
    why, limits = said["why"], said["limits"]
    before, after = number(said["before"]), number(said["after"])
    if why == "shrunk":
        return texts["feed_shrunk"].format(before=before, after=after, share=limits[why])
    if why == "grown":
        return texts["feed_grown"].format(before=before, after=after, times=limits[why])
    if why == "invalid":
        return texts["feed_invalid"].format(
            good=number(said["good"]), all=number(said["counts"]["read"]), share=limits[why],
            line=said["line"], reason=clean(said["message"]),
        )  # fmt: skip
    return texts["feed_empty"] if why == "empty" else clean(said["message"])
