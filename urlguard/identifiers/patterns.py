"""Regular expressions that are compiled when they are first used.

Compiling the fifty of these modules and of the readers above them takes 15 ms, as long as
all else at the start of a command that looks at one link and needs three of them.
"""

import re
from typing import Any, Final, cast

_METHODS: Final = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")


class _Waiting:
    """Stands in for a pattern; the first method that is asked for compiles it."""

    def __init__(self, text: str, flags: int) -> None:
        """Keep what will be compiled."""
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (methods of `re.Pattern`, of several types)
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        # From here on the methods are found before `__getattr__` is asked.
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves like `re.compile(text, flags)` for matching, searching and replacing."""
    return cast("re.Pattern[str]", _Waiting(text, flags))
