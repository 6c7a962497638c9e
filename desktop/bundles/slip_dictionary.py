"""The preset dictionary of urgent slips, part of the format: change it only with the slip's version.

Deflate finds the likeliest words cheapest near the end, so what stands in every slip comes last.
"""

from __future__ import annotations

from typing import Final

_BANKS: Final = (
    "浙商银行", "渤海银行", "恒丰银行", "广发银行", "平安银行", "华夏银行", "兴业银行", "浦发银行",
    "中国光大银行", "中国民生银行", "中信银行", "招商银行", "交通银行", "甘肃省农村信用社联合社",
    "甘肃银行", "兰州银行", "中国邮政储蓄银行", "中国建设银行", "中国农业银行", "中国银行",
    "中国工商银行", "股份有限公司", "兰州市", "城关", "七里河", "安宁", "西固", "支行", "分行",
    "支付宝（中国）网络技术有限公司",
    "财付通支付科技有限公司", "微信支付", "网络科技", "商贸", "有限公司",
)  # fmt: skip
_WORDS: Final = (
    "冒充客服退款", "刷单返利", "虚假投资理财", "冒充公检法", "冒充领导熟人", "虚假贷款", "网络购物",
    "被骗", "诈骗", "嫌疑人", "受害人", "报案人", "转账", "汇款", "要求", "账户", "资金", "紧急止付",
    "电信网络", "涉嫌", "派出所", "公安局", "分局", "市反诈中心", "甘肃省兰州市公安局城关分局",
)  # fmt: skip
_KEYS: Final = (
    '"shutdown","intercept","freeze","second_stop","stop","online_bank","mobile_bank","quick_pay","scan","cash","atm"',
    '"victim.address":"","remark":"', '"transfer":"0198', '"order_number":"', '"serial":"', '"second_officer":"',
    '"accepted_at":"2026-11-24T0', '"amount_fen":', ',"case":"0198', '","case_number":"C', '","channel":"mobile_bank',
    '","issued_at":"2026-', '","issued_by":"0', '","kind":"stop","number":"', '","operator_name":"', '","order":"0198',
    '","payee.account":"62', '","payee.bank":"中国', '","payee.name":"', '","payer.account":"62',
    '","payer.bank":"中国',
    '","payer.name":"', '","reason":"', '","serial":"', '","transfer":"0198', '","transfer_time":"2026-', ":00.000Z",
    '","type":"T0', '","unit_code":"6201', '","unit_name":"', '派出所","victim.id_number":"62010', '","victim.name":"',
    '","victim.phone":"13',
)  # fmt: skip

DICTIONARY: Final = "".join((*_BANKS, *_WORDS, *_KEYS)).encode("gb18030")
