"""Forms in which people, banks and apps write what was paid, each with what is to be read of it; and what never is.

Of each payment stand its sum in yuan and, where the table names them, the keys of ``_FIELDS``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pytest

from desktop.domain.statements.proposal import Extraction
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.pasted_text import PastedTextReader
from tests.readers.measuring import DIRECTORIES
from tests.support.every_row import every_row

_NOW: Final = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
_FIELDS: Final = {"at": "time", "to": "payee_name", "by": "payer_name", "card": "payee_account", "own": "payer_account",
                  "bank": "payee_bank", "from": "payer_bank", "order": "order_number", "serial": "serial"}  # fmt: skip
CARD: Final = "6217001234005678907"


def read(text: str) -> Extraction:
    return PastedTextReader(DIRECTORIES).read(text, _NOW)


def facts(text: str, *payments: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each payment read, what ``payments`` speak of."""
    made = read(text).transfers
    wanted = [set(payment) for payment in payments]
    wanted += [set()] * (len(made) - len(wanted))
    return [
        {"yuan": float(one.value("amount"))}
        | {name: one.value(_FIELDS[name]) for name in names if name in _FIELDS}
        | ({"way": one.direction.value} if "way" in names else {})
        for one, names in zip(made, wanted, strict=False)
    ]


READ: Final[dict[str, tuple[str, list[dict[str, Any]]]]] = {
    # names
    "a firm with words of other labels in its name": (
        "收款人：昆明锦程信息咨询有限公司\n金额：84,000.00元",
        [{"yuan": 84000, "to": "昆明锦程信息咨询有限公司"}],
    ),
    "a masked surname": (
        f"转账5,000元，收款人王*强，卡号{CARD}",
        [{"yuan": 5000, "to": "王*强", "card": CARD}],
    ),
    "a name whose parts a dot joins": (
        "已转出6,000.00元至买买提江·阿不都（账户*0504）",
        [{"yuan": 6000, "to": "买买提江·阿不都", "card": "*0504"}],
    ),
    "a shop that ends like none": (
        "昨天在黔醇优选下单付了398.00元",
        [{"yuan": 398, "to": "黔醇优选", "at": "2026-11-24"}],
    ),
    "a shop whose code was scanned": (
        "扫码付给黔醇优选，3000元",
        [{"yuan": 3000, "to": "黔醇优选"}],
    ),
    "a name in capitals": ("转了8,000元，对方LI WEI", [{"yuan": 8000, "to": "LI WEI"}]),
    "a name before its sum": (
        "11月24日10:12转陈志强 77,800",
        [{"yuan": 77800, "to": "陈志强", "at": "2026-11-24 10:12"}],
    ),
    "a name with a rare character before its sum": (
        "11月24日10:12转王𬇕涵 77,800",
        [{"yuan": 77800, "to": "王𬇕涵", "at": "2026-11-24 10:12"}],
    ),
    "a name that was asked for in turns": (
        "问：转了多少？\n答：转了两万\n问：收款人是谁？\n答：毛娜欣",
        [{"yuan": 20000, "to": "毛娜欣"}],
    ),
    # several payments
    "one day for all": (
        "第一次二万，第二次六万八，都是昨天的事",
        [{"yuan": 20000, "at": "2026-11-24"}, {"yuan": 68000, "at": "2026-11-24"}],
    ),
    "the day, payee and bank of the first": (
        f"11月24日10:12 16,000元；11:18 88,177.75元。收款均为杨欣琪，农业银行，{CARD}",
        [
            {
                "yuan": 16000,
                "at": "2026-11-24 10:12",
                "to": "杨欣琪",
                "bank": "中国农业银行",
                "card": CARD,
            },
            {
                "yuan": 88177.75,
                "at": "2026-11-24 11:18",
                "to": "杨欣琪",
                "bank": "中国农业银行",
                "card": CARD,
            },
        ],
    ),
    "the total of a case beside its part": (
        "涉案金额90,600.00元，其中11月25日11:04转入贵阳广源网络科技有限公司账户48,000.00元",
        [{"yuan": 48000, "to": "贵阳广源网络科技有限公司", "way": "out", "at": "2026-11-25 11:04"}],
    ),
    "circled numbers": (
        "①3000元②5000元③8千元，都转给李强",
        [{"yuan": y, "to": "李强"} for y in (3000, 5000, 8000)],
    ),
    "a list with a masked name in each line": (
        "11/23 20:15 支付宝转 王*明 5000\n11/24 09:05 支付宝转 王*明 800",
        [
            {"yuan": 5000, "to": "王*明", "at": "2026-11-23 20:15"},
            {"yuan": 800, "to": "王*明", "at": "2026-11-24 09:05"},
        ],
    ),
    "two counted under one day, to whom he is called": (
        "他叫陈志强，我昨天下午打了两笔，一笔两万，一笔一万八千五",
        [
            {"yuan": 20000, "to": "陈志强", "at": "2026-11-24"},
            {"yuan": 18500, "to": "陈志强", "at": "2026-11-24"},
        ],
    ),
    "what was asked for and brought something": (
        "对方让我先充300，返了360，又充3000",
        [{"yuan": 300, "way": "out"}, {"yuan": 360, "way": "in"}, {"yuan": 3000, "way": "out"}],
    ),
    # sums
    "tens of thousands with a fraction": ("转了9.8万给李强", [{"yuan": 98000, "to": "李强"}]),
    "thousands by a letter": ("刚才转的，2.76K，对方李强", [{"yuan": 2760, "to": "李强"}]),
    "two by letters": ("先转8k再转1w2", [{"yuan": 8000}, {"yuan": 12000}]),
    "thousand and hundreds by a letter": ("给李强转了2k2", [{"yuan": 2200, "to": "李强"}]),
    "thousands made whole": ("充了6千整", [{"yuan": 6000}]),
    "in words": ("被骗八万元", [{"yuan": 80000}]),
    "in capitals": ("汇款壹万伍仟元整", [{"yuan": 15000}]),
    "full-width digits": ("转了５８，０００．００元", [{"yuan": 58000}]),
    # times
    "day with a dot and part of the day": (
        "11.2 下午3:26给李强转了5000",
        [{"yuan": 5000, "at": "2026-11-02 15:26"}],
    ),
    "hour and minute as a bank prints them": (
        "11月23日6时31分手机银行转账支出500元",
        [{"yuan": 500, "at": "2026-11-23 06:31"}],
    ),
    "hour and minute as people say them": (
        "11月23日6点31分转了500元",
        [{"yuan": 500, "at": "2026-11-23 18:31"}],
    ),
    "a day before a month that is named": (
        "CNY 500.00 was debited on 24 Nov 2026 19:03",
        [{"yuan": 500, "at": "2026-11-24 19:03"}],
    ),
    "a month before its day": (
        "CNY 500.00 was spent on Nov 24, 2026 3:43 PM",
        [{"yuan": 500, "at": "2026-11-24 15:43"}],
    ),
    "day and month that cannot be each other": (
        "Paid CNY 500.00, 24/11/2026 10:12:33",
        [{"yuan": 500, "at": "2026-11-24 10:12:33"}],
    ),
    "day and month that can": ("Paid CNY 500.00, 03/11/2026 10:12:33", [{"yuan": 500, "at": ""}]),
    "a day behind its clock": (
        "You paid CNY 88.00 at 10:12 on 24 November 2026",
        [{"yuan": 88, "at": "2026-11-24 10:12"}],
    ),
    # banks abroad
    "debited from an account by its end": (
        "CNY 85,968.68 was debited from your account ending 6414. Payee: WANG XIAOMING. Ref 2026112491784550.",
        [
            {
                "yuan": 85968.68,
                "own": "*6414",
                "to": "WANG XIAOMING",
                "serial": "2026112491784550",
                "way": "out",
            }
        ],
    ),
    "credited to an account behind crosses": (
        "Your a/c no. xxxx0797 is credited with CNY 40,900.00 by transfer from WU HAO.",
        [{"yuan": 40900, "card": "*0797", "by": "WU HAO", "way": "in"}],
    ),
    "what is left is not paid": (
        "You have transferred CNY24,000.00 to HUANG MEI LING (A/C ***4871). Available balance CNY 1,045.22.",
        [{"yuan": 24000, "to": "HUANG MEI LING", "card": "*4871"}],
    ),
    "at a shop with a card": (
        "CNY 4,000.00 was spent at ABC Store on Nov 24, 2026 with card ending 1525.",
        [{"yuan": 4000, "to": "ABC Store", "own": "*1525"}],
    ),
    # accounts, numbers
    "digits between you and the account": (
        "您4322账户11月23日转账支出59,883.86元",
        [{"yuan": 59883.86, "own": "*4322"}],
    ),
    "an order of 28 digits": (
        "对方已收钱\n-5,000.00\n订单号 2026112322001199492414194797",
        [{"yuan": 5000, "order": "2026112322001199492414194797"}],
    ),
    # what stands beside it and is no part of it
    "a bank behind words that say where": (
        "昨天我在镇上信用社转了3000元给李四",
        [{"yuan": 3000, "from": "信用社", "to": "李四"}],
    ),
    "a bank with its app": (
        "11月24日通过通辽农商行手机银行转给李四5000元",
        [{"yuan": 5000, "from": "通辽农商行", "to": "李四"}],
    ),
    "a bank behind a word that counts payments": (
        "三笔付款均桂林银行转给李四，5000元",
        [{"yuan": 5000, "from": "桂林银行"}],
    ),
    "a masked tail before a sum": (
        "11月24日转给梁丽 建行*8804 16,000元",
        [{"yuan": 16000, "card": "*8804", "to": "梁丽"}],
    ),
    "a sum with a count behind its unit": ("扫码付了1999元一年的会员", [{"yuan": 1999}]),
    "a day behind the number of a list": (
        "1.张三报警\n2.11.20 10:20 转给李四5000元",
        [{"yuan": 5000, "at": "2026-11-20 10:20"}],
    ),
    "minutes past the hour": (
        "昨天12点过5分转了4500元给李四",
        [{"yuan": 4500, "at": "2026-11-24 12:05"}],
    ),
    # what was asked for
    "asked for and then done": (
        f"让我转84,000.00元到{CARD}，已转",
        [{"yuan": 84000, "card": CARD}],
    ),
    "asked for and not done": ("交9千解冻金，我今天12:25交了，又要8.4万我没交", [{"yuan": 9000}]),
}


@every_row("behaviour", READ)
def test_it_is_read(behaviour: str) -> None:
    text, wanted = READ[behaviour]
    assert facts(text, *wanted) == wanted


NEVER: Final = {
    "a hotline as a sum": ("已致电95588挂失", "打95588问过了", "我打了95588报的"),
    "another currency as yuan": ("USD 3,000.00 was debited", "转了HK$5,000.00", "€500.00 paid"),
    "a sum that is only told to be paid": (
        "OTP 4417 for transfer of CNY 5,000.00. Do not share it",
    ),
}


@pytest.mark.parametrize(("what", "text"), [(w, t) for w, texts in NEVER.items() for t in texts])
def test_it_is_never_a_payment(what: str, text: str) -> None:
    assert read(text).transfers == (), what


FOUND: Final = {
    "微信号是手机，❶③⑨⓪⓪⓪⓪①②③④": [("mobile", "❶③⑨⓪⓪⓪⓪①②③④")],
    "座机025-84420114，手机13900001234": [("landline", "025-84420114"), ("mobile", "13900001234")],
    "座机：025-84420114 025-84420115": [("landline", "025-84420114"), ("landline", "025-84420115")],
    "总机0931-8888888转801": [("landline", "0931-8888888转801")],
    "电话 13900001234/025-84420114": [("mobile", "13900001234"), ("landline", "025-84420114")],
    "QQ：88001234、88001235，99887766": [
        ("qq", "88001234"),
        ("qq", "88001235"),
        ("qq", "99887766"),
    ],
    "微信：lucky_888、kefu-999": [("wechat", "lucky_888"), ("wechat", "kefu-999")],
    "邮箱kefu.张三@fuli.top": [],
    "张三@163.com": [],
    "身份证号320106199003077777，没别的": [],
    "订单 13900001234567890123456789": [],
}
"""What of each is an identifier; a value that is not in the list is not proposed as any."""


@every_row("text", FOUND)
def test_exactly_these_identifiers_are_found(text: str) -> None:
    found = [(one.kind, one.raw) for one in read(text).loose]
    wrong = {"url", "bank_card", "bank_account", "mobile", "landline", "qq", "wechat"}
    assert [one for one in found if one[0] in wrong] == FOUND[text]


def test_a_nickname_is_no_certain_name_where_the_real_one_is_masked_beside_it() -> None:
    names = [one for one in read("转账给 小雯(**雯)\n-5,000.00").proposals if one.kind == "name"]
    assert "sure" not in {one.confidence.value for one in names}
    assert "小雯" in {one.value for one in names}
