"""Forty forms that should not go out as they stand: what is found, which of it is red, where the keyboard is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.problems import Severity

_BLOCK, _WRONG, _WARN = Severity
_Facts = Mapping[str, str | tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class BadForm:
    """``found``: (field, code, severity), the gravest first; fields of the payment without their beginning."""

    name: str
    found: tuple[tuple[str, str, Severity], ...]
    victim: Mapping[str, str] = field(default_factory=dict)
    payment: _Facts = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def focus(self) -> str:
        """The field to which the button with the keyboard leads."""
        return path_of(self.found[0][0])

    def made(self, form: IntakeForm) -> IntakeForm:
        """``form``, with this wrong."""
        victim = replace(form.victim, **self.victim)
        payment = replace(form.transfers[0], **self.payment)  # type: ignore[arg-type]  # fields of a line
        return replace(form, victim=victim, transfers=(payment, *form.transfers[1:]))


def path_of(name: str) -> str:
    """The path of a field in a form of one payment."""
    return name if name.startswith("victim.") else f"transfers.0.{name}"


def _one(name: str, at: str, code: str, severity: Severity, text: str) -> BadForm:
    """One field with ``text`` in it."""
    of_victim = at.startswith("victim.")
    facts = {at.removeprefix("victim."): text}
    found = ((at, code, severity),)
    return BadForm(name, found, victim=facts) if of_victim else BadForm(name, found, payment=facts)


_ACCOUNT = "payee_account"
BAD_FORMS: Final = (
    _one("no name", "victim.name", "victim_name_missing", _BLOCK, " "),
    _one("a name in pinyin", "victim.name", "name_unchosen", _WRONG, "li xiu lan"),
    _one("half of a name in pinyin", "victim.name", "name_unchosen", _WRONG, "李xiu"),
    _one("a name in broad letters", "victim.name", "name_unchosen", _WRONG, "ｌｉ"),
    _one("a syllable with its number", "victim.name", "name_unchosen", _WRONG, "wang2"),
    _one("a composition cut short", "victim.name", "name_unchosen", _WRONG, "zh'l"),
    _one("a name in zhuyin", "victim.name", "name_broken", _WRONG, "ㄌㄧˇ"),
    _one("a name of broken signs", "victim.name", "name_broken", _WRONG, "李\ufffd"),
    _one("a name of dots", "victim.name", "name_broken", _WRONG, "。。"),
    _one("a name that is a telephone", "victim.name", "account_in_words", _WRONG, "139 1936 4417"),
    _one("a name that is a short number", "victim.name", "name_is_number", _WRONG, "1234"),
    _one("an id with another last digit", "victim.id_number", "id_checksum", _WRONG, "620102196804152045"),
    _one("an id with swapped digits", "victim.id_number", "id_checksum", _WRONG, "620102196804125044"),
    _one("an id too short", "victim.id_number", "id_length", _WRONG, "62010219680415204"),
    _one("an id born on 30 February", "victim.id_number", "id_birth", _WRONG, "620102196802302040"),
    _one("an id of words", "victim.id_number", "id_length", _WRONG, "没带"),
    BadForm("a passport of three signs", (("victim.id_number", "id_length", _WRONG),),
            victim={"id_kind": "passport", "id_number": "E12"}),
    BadForm("a passport of words", (("victim.id_number", "id_impossible", _WRONG),),
            victim={"id_kind": "passport", "id_number": "护照没带"}),
    _one("a telephone too short", "victim.phone", "phone_impossible", _WRONG, "1391936441"),
    _one("a telephone of no segment", "victim.phone", "phone_impossible", _WRONG, "29193644170"),
    _one("no account", _ACCOUNT, "payee_missing", _BLOCK, ""),
    _one("a masked account", _ACCOUNT, "payee_masked", _WRONG, "6230****8996"),
    _one("the last four digits", _ACCOUNT, "payee_masked", _WRONG, "尾号 8996"),
    _one("a name in the account", _ACCOUNT, "payee_no_account", _WRONG, "陈某某"),
    _one("an account of three digits", _ACCOUNT, "account_impossible", _WRONG, "623"),
    _one("an account of forty digits", _ACCOUNT, "account_impossible", _WRONG, "62" * 20),
    _one("one digit, over and over", _ACCOUNT, "account_repeated", _WRONG, "6" * 19),
    _one("the bank's telephone", _ACCOUNT, "account_is_hotline", _WRONG, "95599"),
    _one("a card with another last digit", _ACCOUNT, "payee_checksum", _WARN, "6230520010037788997"),
    BadForm("one's own account", (("payee_account", "same_account", _WRONG),),
            payment={"payee_account": "6217004230001234569"}),
    _one("a masked payer", "payer_account", "payer_masked", _WRONG, "6217****4569"),
    _one("no payer account", "payer_account", "payer_account_missing", _WARN, ""),
    _one("an account for the payer's name", "payer_name", "account_in_words", _WRONG, "6217004230001234569"),
    _one("a payee in pinyin", "payee_name", "name_unchosen", _WRONG, "zhao liu"),
    _one("a payee who is a number", "payee_name", "name_is_number", _WRONG, "007"),
    _one("no payee", "payee_name", "payee_name_missing", _WARN, ""),
    _one("an account for the bank", "payee_bank", "account_in_words", _WRONG, "6230 5200 1003 7788 996"),
    _one("a bank in pinyin", "payee_bank", "bank_unchosen", _WARN, "gong hang"),
    _one("no sum", "amount", "amount_missing", _BLOCK, ""),
    _one("a sum of nothing", "amount", "amount_zero", _BLOCK, "0.00"),
    _one("a sum in words nobody reads", "amount", "amount_unreadable", _BLOCK, "neun"),
    _one("a sum with zeros too many", "amount", "amount_absurd", _WRONG, "98000000000"),
    _one("no time", "time", "time_missing", _BLOCK, ""),
    _one("a time nobody reads", "time", "time_unreadable", _BLOCK, "heute"),
    _one("a time ahead of a slow clock", "time", "time_past_clock", _WRONG, "2026-11-24 10:34:00"),
    _one("next year", "time", "time_in_future", _WRONG, "2027-11-24 10:12:35"),
    _one("a year of the last century", "time", "time_absurd", _WRONG, "1926-11-24 10:12:35"),
    _one("last year", "time", "time_long_ago", _WARN, "2025-11-24 10:12:35"),
    BadForm("a payment that failed", (("attempted", "payment_attempted", _WARN),), payment={"attempted": TICKED}),
    BadForm("a guess", (("payee_name", "guessed_name", _WARN),),
            payment={"certainty": (("payee_name", "guessed"),)}),
    BadForm("a wallet without an order", (("order_number", "wallet_needs_order_number", _WARN),),
            payment={"channel": "wechat", "payee_account": "wxid_8899aab"}),
    BadForm(
        "much at once",
        (("time", "time_missing", _BLOCK), ("victim.id_number", "id_checksum", _WRONG),
         ("payee_account", "payee_masked", _WRONG), ("payee_name", "payee_name_missing", _WARN)),
        victim={"id_number": "620102196804152045"},
        payment={"time": "", "payee_account": "6230****8996", "payee_name": ""},
    ),
)  # fmt: skip
