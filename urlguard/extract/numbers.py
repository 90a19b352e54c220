"""Phones and cards among the digits of a text; sums, dates, codes and IINs are neither.

Digits stand in groups (`8 (701) 123-45-67` has five). A number is a row of whole groups
with only the signs of a phone between them, the right count of digits, and a shape in
which people write phones or cards. All digits of a text are one string with running
sums, so that each group is asked for each length in constant time.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from urlguard.extract.places import Found
from urlguard.identifiers.patterns import pattern
from urlguard.identifiers.payments import card_digits, passes_luhn
from urlguard.identifiers.phones import e164, home_number
from urlguard.model import Kind, Span

_GROUP: Final = pattern(r"\d+", re.ASCII)
_CHAIN: Final = pattern(r"\d(?:[ \t().\-]{0,5}\d)*+", re.ASCII)
"""Groups with nothing between them but what stands in one number; each is one chain."""
_ZONE: Final = 11
_HOME: Final = 10
"""Digits of a Kazakh number with and without 8 or +7."""
_FOREIGN: Final = tuple(range(15, 7, -1))
"""Digits of a number with its country code, longest first (E.164)."""
_MOST_FOREIGN: Final = 200
"""Readings of numbers with a foreign code tried in one text; each costs up to 30 µs."""
_CARDS: Final = (16, 15, 18, 19)
_AMEX: Final = ([4, 6, 5], [15])
_MOST_IN_FOURS: Final = 5
_CARD_BEGINS: Final = frozenset("2345689")
_SUM: Final = ([2, 3, 3, 3], [1, 3, 3, 3], [3, 3, 3, 1], [3, 3, 3, 2])
"""Groups of thousands: `87 500 000 000`."""
_MOBILE: Final = pattern(r"7(?:0[0-25-8]|47|6[0-4]|7[15-8]|85)")
"""Codes of Kazakh mobile operators, for numbers without 8 or +7 (phonenumbers 9.0)."""

_PLUS: Final = pattern(r"\+[ \t]?\(?$")
_WINDOW: Final = 24
"""Characters before a number in which it is said what number it is."""
_GLUED: Final = pattern(r"[A-Za-z0-9_#№/=&?%@*.,:$€₸₽+-]$")
"""What makes digits a part of something else..."""
_ANNOUNCED: Final = pattern(r"(?:[^\W\d_]|\s|^)[:.,/=-]{1,2}$")
"""...unless it is punctuation behind a word or another number: `тел.8701...`, `/8702...`."""
_ADDRESS: Final = pattern(r"[A-Za-z0-9.-][/=&?]$")
_PAPER: Final = pattern(
    r"(?:[№#]|\b(?:id|no|order|invoice|ref|tracking|vin|imei|заказ\w{0,3}|накладн\w{0,4}|трек\w{0,6}|договор\w{0,3}"
    r"|сч[её]т\w{0,3}(?:-фактур\w{0,2})?|чек\w{0,2}|квитанци\w{0,2}|артикул\w{0,2}|тапсырыс\w{0,5}|шарт\w{0,3}|иин|жсн|бин|бсн|серия)"
    r"\b\.?)[\s:№#-]{0,3}$",
    re.IGNORECASE,
)
"""Words that announce the number of a paper, not of a phone."""
_AMOUNT: Final = pattern(
    r"\s?(?:[₸$€₽%]|(?:kzt|usdt?|тнг|тг|tg)\b|тенге|теңге|tenge|руб|мың|тыс|млн|млрд)", re.IGNORECASE
)
_GOES_ON: Final = pattern(r"[A-Za-z_]|[.:*-]\d|,\d{1,3}(?!\d)")
"""Behind the last digit: it was a part of something longer."""


class _Digits:
    """All groups of digits of a text that may be a number, with running sums."""

    __slots__ = ("_ends", "_reach", "chains", "spans", "sums", "text")

    def __init__(self, seen: str) -> None:
        """Find the groups, and which of them may be one number."""
        self.spans: list[Span] = []
        texts: list[str] = []
        self.sums = [0]
        """How many digits stand before each group."""
        self.chains: list[int] = []
        """Number of the chain each group is in; only groups of one chain can be joined."""
        self._reach: list[int] = []
        """Digits before the end of each chain."""
        total = 0
        for chain in _CHAIN.finditer(seen):
            begin, end = chain.span()
            if end - begin < _FOREIGN[-1]:
                continue
            for group in _GROUP.finditer(seen, begin, end):
                self.spans.append(group.span())
                texts.append(group[0])
                total += len(group[0])
                self.sums.append(total)
                self.chains.append(len(self._reach))
            self._reach.append(total)
        self.text = "".join(texts)
        self._ends = {total: at for at, total in enumerate(self.sums)}

    def left(self, at: int) -> int:
        """Return how many digits can be joined from this group on."""
        return self._reach[self.chains[at]] - self.sums[at]

    def after(self, at: int, count: int) -> int | None:
        """Return the group behind `count` digits from group `at` on, when they end with a whole group."""
        end = self._ends.get(self.sums[at] + count)
        return end if end is not None and self.chains[end - 1] == self.chains[at] else None

    def ends_at(self, behind: int) -> bool:
        """Tell whether nothing can be joined to the group before this one."""
        return behind == len(self.chains) or self.chains[behind] != self.chains[behind - 1]

    def begins(self, at: int) -> bool:
        """Tell whether nothing can be joined to this group from before."""
        return at == 0 or self.chains[at - 1] != self.chains[at]

    def digits(self, at: int, count: int) -> str:
        """Return `count` digits from group `at` on."""
        return self.text[self.sums[at] : self.sums[at] + count]

    def shape(self, at: int, end: int) -> list[int]:
        """Return how many digits each group from `at` to before `end` has."""
        return [stop - start for start, stop in self.spans[at:end]]


def numbers(seen: str) -> Iterator[Found]:
    """Yield the phones and cards of a text in order."""
    digits = _Digits(seen)
    at = used = 0
    budget = [_MOST_FOREIGN]
    while at < len(digits.spans):
        if digits.left(at) < _FOREIGN[-1]:
            at += 1
            continue
        start = digits.spans[at][0]
        before = seen[max(used, start - 3) : start]
        plus = _PLUS.search(before) if "+" in before else None
        opened = start if plus is None else start - len(plus[0])
        fresh = digits.begins(at) or digits.spans[at - 1][1] <= used
        found = _foreign(digits, at, budget) if plus else _home(digits, at, fresh) or _card(digits, at, fresh)
        at += 1
        if found is not None:
            kind, key, behind = found
            end = digits.spans[behind - 1][1]
            if _stands_alone(seen, used, opened, end, strict=plus is None):
                if seen[start - 1 : start] == "(" and ")" in seen[start:end] and opened == start:
                    opened -= 1
                yield Found(opened, end, kind, key)
                at, used = behind, end


def _stands_alone(seen: str, used: int, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether a number is neither cut out of something longer nor the number of a paper or a sum."""
    before = seen[max(used, start - _WINDOW) : start].removesuffix("(")
    if _GLUED.search(before) and (_ADDRESS.search(before) or not _ANNOUNCED.search(before)):
        return False
    if _GOES_ON.match(seen, end):
        return False
    return not strict or not (_PAPER.search(before) or (" " in seen[start:end] and _AMOUNT.match(seen, end)))


_Reading = tuple[Kind, str, int]
"""Kind, key, and the group behind."""


def _foreign(digits: _Digits, at: int, budget: list[int]) -> _Reading | None:
    """Read a number with its country code."""
    if budget[0] <= 0:
        return None
    whole = 0
    for count in (_ZONE,) if digits.digits(at, 1) == "7" else _FOREIGN:
        behind = digits.after(at, count)
        if behind is None:
            continue
        budget[0] -= 1
        key = e164(digits.digits(at, count), assigned=True)
        if key is not None:
            return Kind.PHONE, key, behind
        whole = whole or count
    behind = digits.after(at, whole) if whole else None
    key = e164(digits.digits(at, whole)) if behind is not None and digits.ends_at(behind) else None
    return None if key is None or behind is None else (Kind.PHONE, key, behind)


def _home(digits: _Digits, at: int, fresh: bool) -> _Reading | None:  # noqa: FBT001  (as `_card`)
    """Read a number as it is written in Kazakhstan and Russia; without 8 or 7 only where digits begin."""
    if digits.digits(at, 1) not in {"7", "8"}:
        return None
    for count in (_ZONE, _HOME) if fresh else (_ZONE,):
        behind = digits.after(at, count)
        if behind is None:
            continue
        written = digits.digits(at, count)
        key = home_number(written)
        if key is not None and _phone_shape(digits.shape(at, behind), written):
            return Kind.PHONE, key, behind
    return None


def _phone_shape(shape: Sequence[int], written: str) -> bool:
    """Tell whether people group the digits of a phone like this."""
    if shape in _SUM:
        return False
    apart = max(shape) == 1
    if not apart and 1 in shape[1:]:
        return False  # a range: `7 900 - 8 500 000`
    if len(written) == _HOME:
        return _MOBILE.match(written) is not None and (apart or shape[0] in {3, _HOME})
    return shape[0] > 1 or apart or shape[1] > 2 or _MOBILE.match(written, 1) is not None  # noqa: PLR2004  (an area code has three digits)


def _card(digits: _Digits, at: int, fresh: bool) -> _Reading | None:  # noqa: FBT001  (called once a group)
    """Read a card number; digits all apart only where they begin."""
    start, end = digits.spans[at]
    if digits.digits(at, 1) not in _CARD_BEGINS or (end - start == 1 and not fresh):
        return None
    for count in _CARDS:
        behind = digits.after(at, count)
        if behind is None:
            continue
        number = digits.digits(at, count)
        if _card_shape(digits, at, behind, count) and passes_luhn(number) and card_digits(number):
            return Kind.CARD, number, behind
    return None


def _card_shape(digits: _Digits, at: int, behind: int, count: int) -> bool:
    """Tell whether people group the digits of a card like this: in fours, not at all, or all apart."""
    if behind - at > _MOST_IN_FOURS:
        return behind - at == count and digits.ends_at(behind)
    shape = digits.shape(at, behind)
    if count == _AMEX[1][0]:
        return shape in _AMEX
    return all(size in {4, 8} for size in shape[:-1])
