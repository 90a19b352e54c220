"""Make imitations of Kazakhstan's brands and count how many are seen for what they are.

Three families, none of them taken from lists: variants of official domains by the
`dnstwist` package, by fuzzer; brand tokens joined with words of money and service on ten
suffixes; brand tokens as a sub-domain of an unknown domain. A variant counts as caught when
the level is reached and the brand is the right one.

    python bench/imitations.py                 # needs: pip install dnstwist
    python bench/imitations.py --missed        # also print what was missed
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator

from urlguard import Guard, Level

DOMAINS = {
    "kaspi": "kaspi.kz", "halyk": "halykbank.kz", "forte": "fortebank.com", "alatau_city": "jusan.kz",
    "bcc": "centercredit.kz", "eurasian": "eubank.kz", "otbasy": "otbasybank.kz", "rbk": "bankrbk.kz",
    "nurbank": "nurbank.kz", "homecredit": "homecredit.kz", "altyn": "altynbank.kz", "egov": "egov.kz",
    "nbk": "nationalbank.kz", "enpf": "enpf.kz", "kcell": "kcell.kz", "beeline": "beeline.kz",
    "kazakhtelecom": "telecom.kz", "qazpost": "qazpost.kz", "olx": "olx.kz", "kolesa": "kolesa.kz",
    "krisha": "krisha.kz", "technodom": "technodom.kz", "sulpak": "sulpak.kz", "mechta": "mechta.kz",
    "kazatomprom": "kazatomprom.kz", "kmg": "kmg.kz", "samruk_energy": "samruk-energy.kz",
    "airastana": "airastana.com", "kundelik": "kundelik.kz", "wildberries": "wildberries.kz",
}  # fmt: skip
FUZZERS = (
    "homoglyph", "cyrillic", "transposition", "omission", "repetition", "insertion", "replacement",
    "addition", "dictionary", "bitsquatting", "vowel-swap", "hyphenation", "various",
)  # fmt: skip
TOKENS = {
    "kaspi": "kaspi", "halyk": "halykbank", "kazatomprom": "kazatomprom", "kmg": "kazmunaygas",
    "egov": "egov",
    "qazpost": "qazpost", "alatau_city": "jusan", "otbasy": "otbasybank", "samruk": "samruk", "enpf": "enpf",
    "kcell": "kcell", "beeline": "beeline", "kazakhtelecom": "kazakhtelecom", "airastana": "airastana",
    "technodom": "technodom", "nurbank": "nurbank", "bcc": "centercredit", "forte": "fortebank",
    "homecredit": "homecredit", "binance_kz": "binance",
}  # fmt: skip
WORDS = (
    "dividend", "dividends", "bonus", "invest", "income", "payout", "refund", "credit", "login", "verify",
    "dividendy", "vyplata", "vyplaty", "dohod", "akcii", "investicii", "kredit", "podarok",
    "rozygrysh", "oplata",
    "kabinet", "vhod", "dostavka", "perevod", "kompensaciya", "tolem", "aqsha", "kiris", "nesie", "syilyq",
    "zhardemaqy", "rastau", "zhetkizu", "salym", "utys", "дивиденды", "выплата", "бонус", "төлем", "сыйлық",
)  # fmt: skip
SUFFIXES = ("top", "xyz", "com", "info", "org", "click", "site", "online", "net", "kz")
OUR_WORDS = ("bonus", "pay", "online", "invest", "login", "dostavka", "kabinet", "support", "promo", "24")


def twisted() -> Iterator[tuple[str, str, str]]:
    import dnstwist  # noqa: PLC0415  (only this measurement needs it)

    for brand, domain in DOMAINS.items():
        fuzzer = dnstwist.Fuzzer(domain, dictionary=list(OUR_WORDS))
        fuzzer.generate(fuzzers=list(FUZZERS))
        for row in fuzzer.permutations():
            if row["fuzzer"] != "*original":
                yield row["fuzzer"], brand, row["domain"]


def combined(count: int, seed: int) -> Iterator[tuple[str, str, str]]:
    chance = random.Random(seed)  # noqa: S311  (a sample, no secret)
    for _ in range(count):
        brand, token = chance.choice(list(TOKENS.items()))
        word, suffix = chance.choice(WORDS), chance.choice(SUFFIXES)
        shape = chance.choice(("{t}-{w}", "{w}-{t}", "{t}{w}", "{w}{t}"))
        yield "brand and word", brand, f"{shape.format(t=token, w=word)}.{suffix}"


def embedded(guard: Guard) -> Iterator[tuple[str, str, str]]:
    for brand in guard.book["brands"]:
        if not brand.get("foreign"):
            for token in (*brand.get("tokens", ()), *brand.get("common", ())):
                yield "token before a domain", brand["id"], f"{token}.aidana-lodge.com"
            for domain in brand["domains"]:
                yield "domain before a domain", brand["id"], f"{domain}.aidana-lodge.com"


def main() -> None:
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--missed", action="store_true", help="print what was missed")
    made.add_argument("--count", type=int, default=3000, help="number of brand and word combinations")
    made.add_argument("--seed", type=int, default=1, help="seed of the combinations")
    options = made.parse_args()
    guard = Guard()
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for family, brand, host in (*twisted(), *combined(options.count, options.seed), *embedded(guard)):
        verdict = guard.score(f"https://{host}/")
        level = verdict.level if verdict.level is not None and verdict.brand == brand else Level.CLEAR
        row = tally[family]
        row[0] += 1
        row[1] += level >= Level.SUSPICIOUS
        row[2] += level >= Level.DANGEROUS
        wanted = Level.DANGEROUS if family == "brand and word" else Level.SUSPICIOUS
        if options.missed and level < wanted:
            fired = " ".join(signal.rule for signal in verdict.signals)
            seen = f"{verdict.brand} {verdict.official} {verdict.score}"
            print(f"missed {family} {brand} {host} {seen} {fired}")
    print("| family | variants | suspicious or worse, right brand | dangerous, right brand |")
    print("|---|---:|---:|---:|")
    for family, (count, suspicious, dangerous) in tally.items():
        print(f"| {family} | {count} | {100 * suspicious / count:.1f} % | {100 * dangerous / count:.1f} % |")


if __name__ == "__main__":
    main()
