"""Rows of a scan, made up."""

from typing import Any, Final

from hypothesis import strategies as st

from urlguard.tables.rows import ADDED, Finding, Head, Scanned

HEAD: Final = Head(
    ("url",), ADDED, {}, "en", {"kaspi": "Kaspi"}, {"bank": "Bank"}, {"r1": "Rule one"}, "1", "2026-11-22"
)


def row(number: int, *marks: str, level: str = "dangerous", score: int = 80, **more: Any) -> Scanned:  # noqa: ANN401  (texts, and tuples of them)
    """Return one row; `more` are fields of its finding, and `source` and `day`."""
    source, day = more.pop("source", "a.csv"), more.pop("day", "")
    shown = more.pop("shown", f"row {number}")
    finding = Finding(level, score, shown=shown, marks=marks, **more)
    return Scanned(number, source, [shown], finding, day)


_SKETCHES: Final = tuple(f"{at * 0x1111:032x}" for at in (1, 2, 3))
_MARK: Final = st.one_of(
    st.integers(0, 12).map("phone:+7705{:07d}".format),
    st.integers(0, 6).map("host:a{}.top".format),
    st.integers(0, 3).map("family:word{}#".format),
    st.builds("text:0{:016x}~{}".format, st.integers(0, 3), st.sampled_from(_SKETCHES)),
)
FLAGGED: Final = st.builds(
    lambda number, marks, level, score, more: row(number, *marks, level=level, score=score, **more),
    st.integers(1, 30),
    st.lists(_MARK, max_size=4, unique_by=lambda mark: mark.partition("~")[0]),
    st.sampled_from(["suspicious", "dangerous", "blocked"]),
    st.integers(40, 44),
    st.fixed_dictionaries({
        "brand": st.sampled_from(["", "kaspi", "halyk"]), "scheme": st.sampled_from(["", "bank"]),
        "suffix": st.sampled_from(["top", "xyz"]), "day": st.sampled_from(["", "2026-11-01", "2026-11-03"]),
        "source": st.sampled_from(["a.csv", "b.csv"]), "advice": st.sampled_from(["do", "do not"]),
    }),
)  # fmt: skip
CLEAR: Final = st.builds(
    lambda number, score: row(number, level="clear", score=score, suffix="kz"),
    st.integers(1, 30),
    st.sampled_from([0, 5]),
)
BROKEN: Final = st.integers(1, 30).map(lambda number: row(number, level="", score=0, error="unreadable"))
ROWS: Final = st.lists(st.one_of(FLAGGED, FLAGGED, CLEAR, BROKEN), max_size=40)
