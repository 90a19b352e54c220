"""Members of a JSON object from strangers, as texts."""

from collections.abc import Mapping
from typing import Any

from urlguard.registry.formats.covering import unseen


def text_of(value: Mapping[str, Any], name: str) -> str:
    """Return a member as a text without blanks around it; numbers as digits, anything else empty."""
    found = value.get(name, "")
    if isinstance(found, bool) or not isinstance(found, (str, int)):
        return ""
    return str(found).strip()


def damaged(text: str) -> bool:
    """Tell whether a text holds a control, broken or half character, or more than one line."""
    return bool(unseen(text)) or "\n" in text or "\t" in text
