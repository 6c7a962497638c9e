"""Accounts whose platform must be told beside them: meetings, live rooms, shops, calls over the network."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.network.online import check_email
from desktop.domain.identifiers.network.web import check_url
from desktop.domain.identifiers.plain import digits_of, is_digits, lowered, packed, plain
from desktop.domain.identifiers.result import (
    CheckContext,
    CheckVerdict,
    IdentifierCheck,
    reads,
    result,
)
from desktop.domain.identifiers.telephones.phones import check_mobile

_MEETINGS: Final = (
    ("tencent_meeting", re.compile(r"腾讯会议|voov|meeting\.tencent\.com")),
    ("dingtalk", re.compile(r"钉钉|dingtalk")),
    ("feishu", re.compile(r"飞书|lark|feishu")),
    ("zoom", re.compile(r"zoom|瞩目")),
    ("wecom", re.compile(r"企业微信|wecom")),
)
_PLATFORMS: Final = (
    ("douyin", re.compile(r"抖音(?:号|直播间?)?|douyin|iesdouyin")),
    ("kuaishou", re.compile(r"快手(?:号|直播间?)?|kuaishou|gifshow")),
    ("xiaohongshu", re.compile(r"小红书(?:号)?|xiaohongshu|xhslink")),
    ("bilibili", re.compile(r"哔哩哔哩|b站|bilibili|b23\.tv")),
    ("weibo", re.compile(r"微博|weibo")),
    ("wechat_channels", re.compile(r"视频号|channels\.weixin")),
    ("taobao", re.compile(r"淘宝(?:店)?|天猫(?:店)?|taobao|tmall")),
    ("pinduoduo", re.compile(r"拼多多(?:店)?|pinduoduo|yangkeduo")),
    ("xianyu", re.compile(r"闲鱼|goofish")),
    ("jingdong", re.compile(r"京东(?:店)?|\bjd\.com")),
    ("didi", re.compile(r"滴滴|didi")),
    ("momo", re.compile(r"陌陌|immomo")),
    ("soul", re.compile(r"soul")),
    ("tantan", re.compile(r"探探|tantan")),
    ("line", re.compile(r"line(?=[:\s])")),
    ("whatsapp", re.compile(r"whatsapp|wa\.me")),
)
_LINK: Final = re.compile(r"h(?:tt|xx)ps?://\S+")
_MEETING_DIGITS: Final = range(9, 12)
_SKYPE: Final = re.compile(r"(?:live:[a-z0-9._-]{1,64}|[a-z][a-z0-9._,-]{5,31})")


def _named(text: str, names: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[str, str]:
    """(platform, ``text`` without its name); ``platform/…``, the normal form, is read too."""
    head, slash, tail = text.partition("/")
    if slash and head in dict(names):
        return head, tail
    for platform, name in names:
        match = name.search(text)
        if match:
            return platform, text[: match.start()] + text[match.end() :]
    return "", text


@reads(lambda text: lowered(packed(text)))
def check_meeting(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """会议号: 9–11 digits; without the name of the program nobody can be asked (``platform_missing``).

    Fact ``platform``. The normal form is the program, a slash and the number.
    """
    platform, rest = _named(text, _MEETINGS)
    number = _meeting_number(rest)
    facts = {"platform": platform}
    if not number:
        return result(kind, value, text, warn=("form_unknown",), facts=facts)
    if len(number) not in _MEETING_DIGITS:
        return result(kind, value, text, warn=("length",), facts=facts)
    normal = f"{platform}/{number}" if platform else number
    warn = () if platform else ("platform_missing",)
    return result(kind, value, normal, warn=warn, facts=facts)


def _meeting_number(text: str) -> str:
    """The digits of a number written in groups, else the longest run of them in a link or a sentence."""
    joined = digits_of(text).strip("号id:/")
    if is_digits(joined):
        return joined
    return max(re.findall(r"[0-9]+", text.partition("?")[0]), key=len, default="")


@reads(packed)
def check_platform_account(
    kind: str, value: str, whole: str, context: CheckContext
) -> IdentifierCheck:
    """A live room, a short-video account, a shop: platform and id, or the address of its profile.

    The normal form is ``platform/id`` or the address. Ids of platforms have no form to check; without the
    platform they single out nobody (``platform_missing``).
    """
    link = _LINK.search(plain(value))
    if link is not None:
        found = check_url(kind, link.group(), context)
        platform, _ = _named(found.facts.get("host", ""), _PLATFORMS)
        if found.verdict is not CheckVerdict.INVALID:
            return result(kind, value, found.normal, facts={"platform": platform})
    platform, rest = _named(lowered(whole), _PLATFORMS)
    number = rest.strip(":/-_@#，,")
    if platform and number:
        return result(kind, value, f"{platform}/{number}", facts={"platform": platform})
    return result(kind, value, lowered(whole), warn=("platform_missing",))


@reads(lambda text: lowered(packed(text)).removeprefix("skype:").partition("?")[0])
def check_skype(kind: str, value: str, name: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``live:…`` or a name of 6–32 signs that begins with a letter."""
    return result(kind, value, name, invalid=() if _SKYPE.fullmatch(name) else ("nickname",))


@reads(lambda text: lowered(packed(text)).removeprefix("facetime:").removeprefix("//"))
def check_facetime(kind: str, value: str, name: str, context: CheckContext) -> IdentifierCheck:
    """A mail address or a telephone number; fact ``form`` says which."""
    if "@" in name:
        found = check_email(kind, name, context)
        form = "email"
    else:
        found = check_mobile(kind, name, context)
        form = "mobile"
        if re.fullmatch(r"\+(?!86)[0-9]{7,15}", found.normal):
            return result(kind, value, found.normal, facts={"form": "phone"})
    bad = found.verdict is CheckVerdict.INVALID
    return result(
        kind,
        value,
        found.normal,
        invalid=found.problems if bad else (),
        warn=() if bad else found.problems,
        facts={"form": form, **found.facts},
    )
