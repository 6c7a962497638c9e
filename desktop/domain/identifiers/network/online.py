"""Accounts on networks: WeChat, QQ, Alipay, Telegram, e-mail. A nickname is none of them."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.plain import digits_of, is_digits, lowered, masked, packed, plain
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result
from desktop.domain.identifiers.telephones.phones import bare_phone

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_WECHAT: Final = (
    ("group", re.compile(r"[0-9]+@chatroom")),
    ("open_group", re.compile(r"[0-9]+@openim|[0-9]+@im\.chatroom")),
    ("raw", re.compile(r"wxid_[a-z0-9]{6,}")),
    ("official_account", re.compile(r"gh_[0-9a-z]{6,}")),
    ("mobile", _MOBILE),
    ("qq", re.compile(r"[1-9][0-9]{4,10}")),
    ("id", re.compile(r"[a-z][a-z0-9_-]{5,19}")),
)
_QQ: Final = re.compile(r"[1-9][0-9]{4,10}")
_ALIPAY_USER: Final = re.compile(r"2088[0-9]{12}")
_LOCAL: Final = re.compile(r"(?=.{1,64}$)[^\s@\"(),:;<>\[\\\].]+(?:\.[^\s@\"(),:;<>\[\\\].]+)*")
"""A point stands between two signs, never first, last or beside another (RFC 5321 4.1.2, Dot-string)."""
_TELEGRAM_HOST: Final = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/", re.IGNORECASE)
_TELEGRAM_LINK: Final = re.compile(r"tg://resolve/?\?domain=", re.IGNORECASE)
_LONGEST_HOST: Final = 253
_ANGLED: Final = re.compile(r"^<(.*)>$")
_MAIL_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_MAIL_HOST: Final = re.compile(rf"(?:{_MAIL_LABEL}\.)+(?:[a-z]{{2,}}|xn--[a-z0-9-]+)")
_HANDLE: Final = re.compile(r"[a-z][a-z0-9_]{3,31}")
_INVITE: Final = re.compile(r"(?:\+|joinchat/)([A-Za-z0-9_-]{10,})")


@reads(lambda text: lowered(packed(text)))
def check_wechat(kind: str, value: str, name: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Fact ``form``: ``id``, ``raw`` (``wxid_…``), ``group``, ``official_account``, ``mobile``, ``qq``.

    ``inner_space``: no id has a space, nicknames do. Anything else is no account but most likely a nickname, which
    thousands may bear: ``nickname``. It is kept as every text is; nobody can be found by it.
    """
    phone = bare_phone(value)
    name = phone if _MOBILE.fullmatch(phone) else name
    for form, shape in _WECHAT:
        if shape.fullmatch(name):
            warn = ("inner_space",) if form == "id" and len(plain(value).split()) > 1 else ()
            return result(kind, value, name, warn=warn, facts={"form": form})
    return result(kind, value, name, invalid=("nickname",))


@reads(lambda text: lowered(digits_of(text)).removesuffix("@qq.com"))
def check_qq(kind: str, value: str, number: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """5–11 digits, the first not 0; ``…@qq.com`` stands for the number before it."""
    if not is_digits(number):
        return result(kind, value, number, invalid=("characters",))
    if not _QQ.fullmatch(number):
        problem = "prefix" if number[0] == "0" else "length"
        return result(kind, value, number, invalid=(problem,))
    return result(kind, value, number)


def check_alipay(kind: str, value: str, context: CheckContext) -> IdentifierCheck:
    """A user id (``2088`` + 12 digits), a mobile number or an e-mail address; fact ``form`` says which.

    Anything else is a nickname. Masked log-in names as receipts print them (``159****3321``) are kept with a warning.
    """
    name, number = lowered(packed(value)), bare_phone(value)
    if not name:
        return result(kind, value, "", invalid=("empty",))
    if _ALIPAY_USER.fullmatch(number):
        return result(kind, value, number, facts={"form": "user_id"})
    if _MOBILE.fullmatch(number):
        return result(kind, value, number, facts={"form": "mobile"})
    if "*" in masked(value):
        return result(kind, value, lowered(masked(value)), warn=("masked",))
    if "@" in name:
        found = check_email(kind, value, context)
        return result(
            kind,
            value,
            found.normal,
            invalid=found.problems,
            facts={"form": "email", **found.facts},
        )
    return result(kind, value, name, invalid=("nickname",))


@reads(lambda text: _ANGLED.sub(r"\1", lowered(packed(text))).removeprefix("mailto:"))
def check_email(kind: str, value: str, address: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """A local part and a domain. The normal form is lower case with the domain in punycode."""
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return result(kind, value, address, invalid=("form_unknown" if at else "no_at",))
    host = _mail_host(domain)
    if not host:
        return result(kind, value, address, invalid=("host",))
    return result(kind, value, f"{local}@{host}", facts={"host": host})


def _mail_host(domain: str) -> str:
    """The domain in punycode; empty when it cannot be one."""
    if len(domain) > _LONGEST_HOST:
        return ""
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host if _MAIL_HOST.fullmatch(host) else ""


@reads(packed)
def check_telegram(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``@name``, a ``t.me`` link, an invitation, a numeric user id or a phone number; fact ``form``."""
    bare, links = _TELEGRAM_HOST.subn("", _TELEGRAM_LINK.sub("", text))
    bare = bare.partition("?")[0].strip("/")
    invite = _INVITE.fullmatch(bare)
    if links and invite:
        normal = f"https://t.me/+{invite.group(1)}"
        return result(kind, value, normal, facts={"form": "invite"})
    name = lowered(bare.removeprefix("@"))
    if _HANDLE.fullmatch(name):
        warn = ("length",) if len(name) < 5 else ()
        return result(kind, value, f"@{name}", warn=warn, facts={"form": "name"})
    number = digits_of(bare).removeprefix("-")
    if re.fullmatch(r"\+[0-9]{7,15}", number):
        return result(kind, value, number, facts={"form": "phone"})
    if re.fullmatch(r"[0-9]{5,13}", number):
        return result(kind, value, number, facts={"form": "user_id"})
    return result(kind, value, text, invalid=("nickname",))
