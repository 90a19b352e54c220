"""What stands above an exported list, and what may be written into it."""

import re
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Head:
    """Title and origin of an export; the same head and records give the same bytes."""

    title: str = "urlguard registry"
    generated: str = ""
    """UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    version: str = ""
    """Of the program."""
    lists: tuple[str, ...] = ()
    """Names of the lists the records come from."""
    states: tuple[str, ...] = ("restricted",)
    """States in which a record may stand in a format that knows no states, where it would block."""

    def lines(self, mark: str) -> str:
        """Return the head as comment lines that begin with `mark`."""
        named = {
            "Title": self.title,
            "Generated": self.generated,
            "Version": self.version and f"urlguard {self.version}",
            "Lists": ", ".join(self.lists),
        }
        return "".join(f"{mark} {name}: {_BREAKS.sub(' ', text)}\n" for name, text in named.items() if text)
