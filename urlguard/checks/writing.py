"""What is odd about the writing of a label beyond ASCII: no honest name is written so.

After Chromium's IDN spoof checks (components/url_formatter/spoof_checks) and UTS 39, as far
as they are about writing as such and not about one well-known name. Each test looks at one
label in Unicode, lower case.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

Script = Callable[[str], str]

_ODD_CATEGORIES: Final = frozenset({"So", "Sm", "Sc", "Sk", "Lm", "Po", "Pd", "Pi", "Pf", "No", "Cf"})
_INDIC: Final = "\u0900-\u0dff"
_HONEST_SIGNS: Final = re.compile(
    r"(?<=l)·(?=l)"  # Catalan l·l
    r"|(?<=[\u05d0-\u05ea])[\u05f3\u05f4](?=[\u05d0-\u05ea]|$)|^\u05f4$"  # Hebrew abbreviations
    r"|[々〆ゝゞヽヾー・]"  # Japanese marks, judged by _MISPLACED
    rf"|(?<=[{_INDIC}])[\u200c\u200d]"  # joiners shape Indic letters
)
_MISPLACED: Final = re.compile(
    r"(?<![\u3041-\u30fa\u30fc\u31f0-\u31ff])ー"  # lengthens a kana
    r"|(?<![\u30a1-\u30fe])[ヽヾ]|(?<![\u3041-\u309f])[ゝゞ]"  # repeat a kana
    r"|(?<=[a-z0-9])・(?=[a-z0-9])|^・(?=[a-z0-9])|(?<=[a-z0-9])・$"  # a dot among Latin letters
    r"|^[\u30a1-\u30ff]*(?:[\u30a1-\u30ff][へべぺ]|[へべぺ][\u30a1-\u30ff])[\u30a1-\u30ff]*$"
    r"|^[\u3041-\u309f]*(?:[\u3041-\u309f][ヘベペ]|[ヘベペ][\u3041-\u309f])[\u3041-\u309f]*$"
)
"""Kana and their marks where they can only pose as a dash, a dot or the other kana."""

_OBSOLETE: Final = re.compile(
    r"[\u0460-\u0481\ua640-\ua69f"  # Church Slavonic
    r"\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"  # loose parts of Korean syllables
    r"\u31f0-\u31ff"  # small kana for Ainu
    r"\u0591-\u05c7"  # Hebrew points
    r"\ua720-\ua7ff\u1d00-\u1dbf\uab30-\uab6f]"  # phonetic and medieval Latin
)
_LETTERS: Final = frozenset({"Ll", "Lo", "Lu"})
_UNUSED_SCRIPTS: Final = frozenset({
    "Ahom", "Bamum", "Canadian", "Carian", "Cherokee", "Coptic", "Deseret", "Elbasan", "Lisu", "Lycian",
    "Miao", "Mongolian", "Nko", "Old_Italic", "Osage", "Runic", "Tifinagh", "Tirhuta", "Warang_Citi",
})  # fmt: skip
"""Scripts of limited or no use today (UAX 31, tables 4 and 7); so is every script without a name here."""

_DIGITLIKE: Final = frozenset("շճउওਤੜဒვპკㄐ丩")
"""Letters that pose as digits (Chromium's `digit_lookalikes`), Cyrillic ones left out."""
_INDIC_DIGIT: Final = re.compile(rf"[{_INDIC}]")

_EAST_ASIAN: Final = re.compile(r"[\u2e80-\u312f\u31a0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_LONE_STROKE: Final = re.compile(
    rf"(?<!{_EAST_ASIAN.pattern}){_EAST_ASIAN.pattern}(?!{_EAST_ASIAN.pattern})"
)

_HOMES: Final[Mapping[str, frozenset[str]]] = {
    "þð": frozenset({"is", "fo"}), "ə": frozenset({"az"}), "ı": frozenset({"tr", "az"}),
    "øæ": frozenset({"dk", "no", "fo", "is"}), "œ": frozenset({"fr", "be", "ch", "ca"}),
    "đ": frozenset({"vn", "hr", "rs", "ba", "me", "si"}), "ł": frozenset({"pl"}),
    "ß": frozenset({"de", "at", "ch"}), "ħ": frozenset({"mt"}),
}  # fmt: skip
"""Latin letters that do not fall apart into a letter and an accent, and where they are at home."""

_LATINLIKE: Final[Mapping[str, frozenset[str]]] = {
    "Armenian": frozenset("ագէզլհյոսւօ"), "Bengali": frozenset("০৭"), "Cyrillic": frozenset("ԗԛԝ"),
    "Devanagari": frozenset("ऽ०"), "Ethiopic": frozenset("ሀሠሰስበነተከዐዕዘጠፐ"),
    "Georgian": frozenset("იოყძხჽჿ"), "Gujarati": frozenset("ડટ૦ઽ"), "Gurmukhi": frozenset("ਠਹ੦"),
    "Hebrew": frozenset("דוחיןסװײ"), "Kannada": frozenset("ಽ೦೧"), "Malayalam": frozenset("ടഠധനറ൦"),
    "Myanmar": frozenset("ခဂငထပဝ၀၂ၔၕ႐႑႕႖႗"), "Oriya": frozenset("୮ଠ୦"), "Tamil": frozenset("டப"),
    "Telugu": frozenset("౦౧"), "Thai": frozenset("ทนบพรหเแ๐ดลปฟม"),
}  # fmt: skip
"""Letters that read as Latin ones in a whole word of such letters (Chromium's table)."""


def oddly_written(label: str, seen: str, top: str, script: Script) -> bool:
    """Tell whether no honest name is written so.

    `seen` is what an eye reads, `top` the top-level domain, `script` names a letter's script.
    """
    return bool(
        _OBSOLETE.search(label)
        or _MISPLACED.search(label)
        or label[2:4] == "--"
        or _odd_sign(label)
        or _unused_script(label, script)
        or _odd_mark(label, script)
        or _digits_in_disguise(label)
        or _stroke_among_latin(label)
        or _latin_lookalike(label, seen, top)
    )


def _odd_sign(label: str) -> bool:
    """Symbols, modifiers, punctuation: what is no letter, digit or mark."""
    for char in _HONEST_SIGNS.sub("", label):
        if char.isascii():
            if not (char.isalnum() or char in "-_"):
                return True
        elif unicodedata.category(char) in _ODD_CATEGORIES or not char.isprintable():
            return True
    return False


def _unused_script(label: str, script: Script) -> bool:
    for char in label:
        if not char.isascii() and unicodedata.category(char) in _LETTERS:
            name = script(char)
            if not name or name in _UNUSED_SCRIPTS:
                return True
    return False


def _odd_mark(label: str, script: Script) -> bool:
    """A combining mark where its language has none: it only hides what the letter is."""
    before = ""
    for char in label:
        is_mark = unicodedata.category(char)[0] == "M"
        if is_mark and (not before or before == char or _foreign_mark(char, before, script(before))):
            return True
        before = char
    return False


def _foreign_mark(mark: str, before: str, script: str) -> bool:
    if "\u0300" <= mark <= "\u036f":
        if before.isascii() or before == "ı" or script not in {"Latin", "Greek", "Cyrillic", ""}:
            return True
        return script == "Latin" and bool(unicodedata.decomposition(before))
    return "\u0610" <= mark <= "\u06ed" and script not in {"Arabic", ""}


def _digits_in_disguise(label: str) -> bool:
    """A number of which some digits are letters, or digits of another country."""
    digits = odd = 0
    for char in label:
        if char.isdecimal():
            digits += 1
            odd += _INDIC_DIGIT.match(char) is not None
        elif char in _DIGITLIKE:
            odd += 1
        else:
            return False
    return bool(digits and odd)


def _stroke_among_latin(label: str) -> bool:
    """Single Han or kana letters between Latin ones: they pose as strokes, slashes or letters."""
    if not any("a" <= char <= "z" for char in label):
        return False
    found = _EAST_ASIAN.findall(label)
    return bool(found) and len(_LONE_STROKE.findall(label)) == len(found)


def _latin_lookalike(label: str, seen: str, top: str) -> bool:
    """A letter that only imitates a plain Latin one, outside the languages that write it."""
    if not seen.isascii():
        return False
    for char in label:
        if char.isascii() or unicodedata.decomposition(char) or "LATIN" not in unicodedata.name(char, ""):
            continue
        if top not in next((zones for chars, zones in _HOMES.items() if char in chars), ()):
            return True
    return False


def reads_as_latin(label: str, look: Callable[[str], str], script: str) -> bool:
    """Tell whether an eye reads a label wholly in one foreign script as a Latin one."""
    like = _LATINLIKE.get(script, frozenset[str]())
    return look("".join(char for char in label if char not in like)).isascii()


def accents_clash(label: str) -> bool:
    """Tell whether Latin letters with accents stand beside another script: no language does that."""
    return any("\u00c0" <= char <= "\u024f" for char in label)
