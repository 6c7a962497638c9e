"""Merchants, wallets of the digital yuan, meetings, platforms, SIM cards, base stations; addresses with a time."""

from __future__ import annotations

from desktop.domain.identifiers import CheckVerdict
from tests.domain.identifiers.conftest import Checking
from tests.support.every_row import every_row

V, W, I = CheckVerdict.VALID, CheckVerdict.WARN, CheckVerdict.INVALID  # noqa: E741 - a table of verdicts below


@every_row(
    ("kind", "typed", "normal", "verdict", "facts"),
    [
        ("merchant", "898620154110001", "898620154110001", V, {"merchant_area": "6201", "category": "5411"}),
        ("merchant", "商户号：898620154110001 终端号：6201000a", "898620154110001/6201000A", V,
         {"terminal": "6201000A"}),
        ("merchant", "62010001", "62010001", W, {"terminal": "62010001"}),
        ("merchant", "某某超市", "某某超市", W, {}),
        ("ecny_wallet", "0062 0100 1234 5678", "0062010012345678", V, {}),
        ("ecny_wallet", "0062****5678", "0062****5678", W, {}),
        ("ecny_wallet", "钱包", "钱包", I, {}),
        ("swift", "bkch cn bj", "BKCHCNBJ", V, {"country": "CN"}),
        ("swift", "BKCHCNB", "BKCHCNB", I, {}),
        ("swift", "BKC1CNBJ", "BKC1CNBJ", I, {}),
        ("swift", "BKCHCNB0", "BKCHCNB0", W, {"country": "CN"}),
        ("iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000", V, {"country": "DE"}),
        ("iban", "DE88 3704 0044 0532 0130 00", "DE88370400440532013000", I, {"country": "DE"}),
        ("iban", "DE8", "DE8", I, {}),
        ("meeting", "腾讯会议号：812 345 678", "tencent_meeting/812345678", V, {"platform": "tencent_meeting"}),
        ("meeting", "https://meeting.tencent.com/dm/812345678?pwd=1", "tencent_meeting/812345678", V, {}),
        ("meeting", "812-345-678", "812345678", W, {}),
        ("platform_account", "快手号 Lily88", "kuaishou/lily88", V, {"platform": "kuaishou"}),
        ("platform_account", "看 https://v.douyin.com/iAbC/ 复制", "https://v.douyin.com/iAbC/", V,
         {"platform": "douyin"}),
        ("platform_account", "小美甄选", "小美甄选", W, {}),
        ("skype", "live:.cid.77ab", "live:.cid.77ab", V, {}),
        ("skype", "小美", "小美", I, {}),
        ("facetime", "139 9311 2345", "13993112345", V, {"form": "mobile"}),
        ("facetime", "A@Icloud.com", "a@icloud.com", V, {"form": "email"}),
        ("iccid", "8986 0012 3456 7890 1238", "89860012345678901238", V, {"operator": "中国移动"}),
        ("iccid", "89860012345678901239", "89860012345678901239", W, {}),
        ("iccid", "8986001234", "8986001234", I, {}),
        ("imsi", "460011234567890", "460011234567890", V, {"operator": "中国联通"}),
        ("imsi", "440101234567890", "440101234567890", W, {}),
        ("base_station", "MNC:0 LAC:0x2801 CI:23456", "460-00-10241-23456", V, {"operator": "中国移动"}),
        ("base_station", "460/0/01/007", "460-00-1-7", V, {"area": "1", "cell": "7"}),
        ("base_station", "LAC 10241，CI 23456", "lac10241ci23456", W, {"area": "10241", "cell": "23456"}),
        ("base_station", "楼顶", "楼顶", W, {}),
        ("ip", "45.148.10.77:51820 2026-11-24 10:12:35 +08:00", "45.148.10.77", V,
         {"port": "51820", "used_at": "2026-11-24 10:12:35+08:00"}),
        ("ip", "45.148.10.77（2026年11月24日 10时12分 北京时间）", "45.148.10.77", V,
         {"used_at": "2026-11-24 10:12:00+08:00"}),
        ("ip", "45.148.10.77 2026-11-24 10:12:35", "45.148.10.77", W, {"used_at": "2026-11-24 10:12:35"}),
        ("ip", "2001:4860::8888, 2026-11-24T02:12:35Z", "2001:4860::8888", V, {"used_at": "2026-11-24 02:12:35+00:00"}),
        ("ip", "45.148.10.77 2026-13-24 10:12:35", "45.148.10.772026-13-2410:12:35", I, {}),
        ("sms_port", "10657 1234 5678", "1065712345678", V, {"lessor": "中国移动"}),
        ("sms_port", "107907551234", "107907551234", I, {}),
        ("service_number", "400-800-1234", "4008001234", V, {"lessor": "中国电信"}),
        ("service_number", "400-612-3456", "4006123456", V, {"family": "free_400", "lessor": "中国联通"}),
        ("imei", "490154203237518", "490154203237518", V, {"tac": "49015420"}),
        ("plate", "甘AD12345", "甘AD12345", V, {"form": "new_energy", "place": "甘肃"}),
    ],
)  # fmt: skip
def test_leads(
    checking: Checking,
    kind: str,
    typed: str,
    normal: str,
    verdict: CheckVerdict,
    facts: dict[str, str],
) -> None:
    found = checking(kind, typed)
    assert (found.normal, found.verdict) == (normal, verdict)
    assert facts.items() <= found.facts.items()
    assert found.value == typed
