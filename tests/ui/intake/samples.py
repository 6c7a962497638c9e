"""An invented report in the middle of being taken, and older cases with the same account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.people.victim import VictimText
from desktop.services.cases.changes.register_report import register_report
from desktop.services.session import Session
from tests.support.clocks import HandClock
from tests.support.sessions import a_form

PAYEE = "6230 5200 1003 7788 996"
_ZH = (
    "刷单返利", "虚假网络投资理财", "虚假购物、服务", "冒充电商物流客服", "虚假贷款", "虚假征信",
    "冒充领导、熟人", "冒充公检法及政府机关", "网络婚恋、交友", "网络游戏产品虚假交易", "机票退改签",
    "冒充军警、单位采购", "裸聊敲诈", "网络赌博诱骗", "钓鱼链接、木马、NFC 盗刷", "中奖、补贴、慈善",
    "追星、红包返利", "追损二次诈骗",
)  # fmt: skip
_EN = (
    "Task rebate", "Fake investment", "Fake goods or service", "Fake customer service", "Fake loan",
    "Credit record", "Fake boss or friend", "Fake authorities", "Romance", "Game items",
    "Flight rebooking", "Fake purchaser", "Sextortion", "Rigged gambling",
    "Phishing, trojan, NFC", "Prize, grant, charity", "Fan groups, minors", "Recovery scam",
)  # fmt: skip
TYPES = tuple(f"T{number:02d}" for number in range(1, len(_ZH) + 1))


def type_names(language: str) -> Mapping[str, str]:
    """Code to name."""
    return dict(zip(TYPES, _ZH if language == "zh_CN" else _EN, strict=True))


def _another(identity: str) -> str:
    return identity[:-1] + ("0" if identity.endswith("f") else "f")


def sample_form(form: IntakeForm) -> IntakeForm:
    """``form`` with most of a report on it."""
    first = TransferText(
        id=form.transfers[0].id,
        time="2026-11-24 10:12:35",
        amount="98,000.00",
        channel="mobile_bank",
        arrival="next_day",
        payer_name="李秀兰",
        payer_account="6217 0042 3000 1234 569",
        payer_bank="中国建设银行兰州城关支行",
        payee_name="陈某某",
        payee_account=PAYEE,
        payee_bank="中国农业银行××支行",
        serial="2611240012358841",
        certainty=(("payee_account", "receipt"), ("payee_name", "receipt"), ("payee_bank", "told")),
    )
    second = TransferText(
        id=_another(form.transfers[0].id),
        time="2026-11-24 10:20:00",
        amount="20,000.00",
        channel="alipay",
        payer_name="李秀兰",
        payee_account="159****3321",
        order_number="2026112422001417881404573921",
    )
    return replace(
        form,
        victim=VictimText("李秀兰", "resident_id", "620102 19680415 2044", "139 1936 4417"),
        transfers=(first, second),
        type="T01",
        narrative="2026 年 11 月 20 日，李秀兰在短视频平台看到点赞返利广告，加入群聊后先做小额任务并收到返款。"
        "24 日对方称“连单未完成”需垫付，先后两次转账。提现被拒后发觉被骗。",
        identifiers=(
            IdentifierText("i1", "bank_card", PAYEE, "第一笔收款"),
            IdentifierText("i2", "mobile", "159 0000 3321", "“接待员”电话"),
            IdentifierText("i3", "wechat", "sd_jiedai_88", "拉群的人"),
            IdentifierText("i4", "url", "https://sd-88.example/app", "下载地址"),
            IdentifierText("i5", "qq", "283748123", ""),
        ),
    )


def other_cases(session: Session, clock: HandClock) -> None:
    """Three older cases of the same payee account."""
    now = clock.instant
    for days, amount, type_code, name in (
        (22, "310,000.00", "T02", "赵敏"),
        (5, "12,888.00", "T01", "周卫东"),
        (1, "46,200.00", "T01", "孙丽"),
    ):
        clock.advance(days=-days)
        form = a_form(session, name, type=type_code)
        transfer = replace(form.transfers[0], amount=amount, payee_account=PAYEE)
        register_report(session, replace(form, transfers=(transfer,)))
        clock.instant = now
