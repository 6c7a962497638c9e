"""银行卡号 (ISO/IEC 7812)."""

from __future__ import annotations

from typing import Final

from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.domain.identifiers.plain import digits_of, is_digits
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result
from desktop.domain.reference.directories import CardIssuer

CARD_LENGTHS: Final = range(13, 20)


def issuer_facts(issuer: CardIssuer | None) -> dict[str, str]:
    """Facts ``bank``, ``card_kind``, ``bin``, ``bank_also``: the name another table gives."""
    if issuer is None:
        return {}
    return {
        "bank": issuer.bank,
        "card_kind": issuer.kind.value,
        "bin": issuer.prefix,
        "bank_also": issuer.rival,
    }


@reads(digits_of)
def check_bank_card(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:
    """13–19 digits and the Luhn digit decide; the issuer is a hint (``issuer_suspected``: other length)."""
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    issuer = context.directories.card_issuer(number)
    facts = {**issuer_facts(issuer), "length": str(len(number))}
    invalid = []
    if len(number) not in CARD_LENGTHS:
        invalid.append("length")
    elif not luhn_valid(number):
        invalid.append("checksum")
    if len(set(number)) == 1:
        invalid.append("repeated")
    warn = ("issuer_unknown",) if issuer is None else () if issuer.exact else ("issuer_suspected",)
    return result(kind, value, number, invalid=tuple(invalid), warn=warn, facts=facts)
