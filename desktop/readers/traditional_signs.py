"""Traditional characters as labels and headings have them, and the simplified ones in which our lists are written."""

from __future__ import annotations

from typing import Final

FOLDED_SIGNS: Final = dict(
    zip("戶賬帳號轉滙匯銀給對訂額狀態備註", "户账账号转汇汇银给对订额状态备注", strict=True)
)
"""Those that are folded wherever they stand: hardly a name has them."""
_OF_LABELS: Final = (
    "單編碼時間稱參據機構銷賣買過證說識別處開關業務內訊費聯絡電話郵儲數發記鏈"
    "後餘實際憑總幣種類當轄網點險項區塊運營屬達認暱虛擬繳個雜礦從來庫雲賓"
    "結貨貸進錢終問題採購閱讀帶簡異動現領預還應"
)
_PLAIN: Final = (
    "单编码时间称参据机构销卖买过证说识别处开关业务内讯费联络电话邮储数发记链"
    "后余实际凭总币种类当辖网点险项区块运营属达认昵虚拟缴个杂矿从来库云宾"
    "结货贷进钱终问题采购阅读带简异动现领预还应"
)
LABEL_SIGNS: Final = {**FOLDED_SIGNS, **dict(zip(_OF_LABELS, _PLAIN, strict=True))}
"""Those of labels and headings; names and banks have some of them too and keep theirs."""
_IN_PLAIN_SIGNS: Final = str.maketrans({**LABEL_SIGNS, "帐": "账"})


def in_plain_signs(label: str) -> str:
    """A label or heading in simplified signs, sign for sign; 帐 is 账 too."""
    return label if label.isascii() else label.translate(_IN_PLAIN_SIGNS)
