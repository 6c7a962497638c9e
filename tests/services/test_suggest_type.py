"""What payments and identifiers show beside the narrative."""

from dataclasses import replace

from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.interview.suggestion import Feature
from desktop.services.cases.form.suggest_type import features_of


def paid(*amounts: str) -> IntakeForm:
    return IntakeForm(
        case_id="c",
        transfers=tuple(
            TransferText(id=str(place), time=f"2026-11-24 10:{place:02d}", amount=amount)
            for place, amount in enumerate(amounts)
        ),
    )


def test_sums_that_grow_are_rising_and_four_are_many() -> None:
    assert features_of(paid("100", "1万")) == {Feature.RISING}
    assert features_of(paid("100", "100")) == frozenset()
    assert features_of(paid("1", "2", "3", "3")) == {Feature.RISING, Feature.MANY}
    assert features_of(paid("2万", "1万", "x")) == frozenset()


def test_channels_and_identifiers_count() -> None:
    form = replace(
        paid("5"),
        returned="20",
        identifiers=(IdentifierText("i", "tron", "T"), IdentifierText("j", "wechat", "a")),
    )
    transfer = replace(form.transfers[0], channel="scan", payee_name="某某商贸有限公司")
    form = replace(form, transfers=(transfer,))
    assert features_of(form) == {
        Feature.CRYPTO, Feature.GOT_BACK, Feature.SCAN, Feature.CORPORATE,
    }  # fmt: skip
