"""The words a guard's verdicts are told in, for reports."""

from urlguard.guard import Guard
from urlguard.packs.book import every_rule
from urlguard.reports.wording import Later, Wording


def wording_of(guard: Guard) -> Wording:
    """Return the words of verdicts in the language of a guard; what only texts need is made when they do."""
    links = guard.book["rules"]
    return Wording(
        guard.book_texts(),
        guard.brand_names(),
        guard.registry_titles(),
        titles=Later(guard.rule_titles, {rule["id"]: rule["title"][guard.lang] for rule in links}),
        floors=Later(
            lambda: {rule["id"]: rule.get("floor", "") for rule in every_rule(guard.book)},
            {rule["id"]: rule.get("floor", "") for rule in links},
        ),
        schemes=Later(guard.scheme_titles),
        dangerous=guard.book["policy"]["levels"]["dangerous"],
    )
