"""What a rule may say about its check, and what is refused with file and line."""

from pathlib import Path

import pytest

from urlguard import Guard, PackError

PACK = "overrides: {{rules: {{{rule}: {{options: {options}}}}}}}\n"


@pytest.mark.parametrize(
    ("rule", "options", "what"),
    [
        pytest.param("link-many-labels", "{mni: '3'}", "unknown option 'mni'; it knows min", id="slip"),
        pytest.param("link-many-labels", "{min: three}", "must be a number", id="word for a number"),
        pytest.param("link-many-labels", "{min: '3.5'}", "must be a whole number", id="broken number"),
        pytest.param("link-messenger-number", "{which: ru}", "must be one of kz, foreign", id="choice"),
        pytest.param("link-ip-literal", "{min: '3'}", "unknown option 'min'", id="option of another check"),
        pytest.param("lookalike-typo", "{kind: tpyo}", "unknown kind of imitation 'tpyo'", id="unknown kind"),
        pytest.param("lookalike-typo", "{kind: word}", "already speaks of the kind 'word'", id="kind taken"),
    ],
)
def test_wrong_options_are_refused_with_their_place(
    tmp_path: Path, rule: str, options: str, what: str
) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text(PACK.format(rule=rule, options=options), "utf-8")
    with pytest.raises(PackError) as refused:
        Guard([pack], cache=False)
    assert what in str(refused.value)
    assert ".yaml:" in refused.value.where
    assert refused.value.mend
