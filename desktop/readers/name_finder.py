"""Names of persons and firms: after a label, beside a verb of paying, or standing with an account."""

# ruff: noqa: E501 - shapes of words stand whole, one line each
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from desktop.domain.statements.proposal import NAME, Confidence
from desktop.readers.surnames import is_person
from desktop.readers.token import Claims, Token

PAYEE: Final = "payee"
PAYER: Final = "payer"
OTHER: Final = "other"
OWN: Final = "own"

_H: Final = r"\u3400-\u9fff\U00020000-\U0003ffff"
_SIGN: Final = rf"[{_H}A-Za-z0-9*·.&_\-]"
_FIRM: Final = rf"[{_H}A-Za-z0-9()]{{2,30}}?(?:有限责任公司|有限公司|公司|经营部|商行|商贸|工作室|旗舰店|专卖店|服务部|合作社|事务所|超市|便利店|门店|小店|店|厂)"
_OF_BANK: Final = r"[工农中建交招]行的|[\u3400-\u9fff]{2,6}银行的|邮储的|邮政的"
_KIN: Final = (
    r"老公|老婆|丈夫|妻子|儿子|女儿|弟弟|哥哥|姐姐|妹妹|朋友|同事|侄子|外甥|亲戚|下线|搭档"
)
_MASKED_NAME: Final = rf"\*{{1,2}}[{_H}]{{1,2}}|[{_H}][*某xX×]{{1,3}}[{_H}]?"
_VERB: Final = r"(?=\s?(?:\(|【|\[|尾号|账户|账号|帐户|的?(?:账户|账号|银行卡|卡|微信|支付宝)|跨行|行内|实时|转账|转帐|汇款|转了|转入|转出|转|打了|打款|打|汇了|汇|付了|付款|付|支付|完成|发起|充值|提交|¥|[0-9]|于))"
_AFTER: Final = (
    r"(?=[\s,，。;；:()\[\]【】、|]|$|[0-9¥*]|的|转|打|汇|于|人民币|账户|账号|尾号|卡号|银行)"
)
_STOP: Final = r"(?:余额|账户|账号|帐户|卡号|尾号|开户行?|银行|金额|时间|付款|收款|转账|交易|信息|号码|电话|备注|全部|账单|方式|详情|类型|状态|单号|说明|未知|不详|不知道)"

_LABELS: Final = (
    (PAYEE, r"收款人(?:姓名|名称|户名|全称)?|收款方(?:姓名|名称|户名|全称)?|收款户名|收款账户名称?|收款账户户名|收方(?:姓名|户名|名称)|转入户名|转入方|入账户名|收款商户|商户全称|商户名称|商家|受款人|收款单位|收款名称"),
    (PAYER, r"付款人(?:姓名|名称|户名|全称)?|付款方(?:姓名|名称|户名|全称)?|付款户名|付款账户名称?|付方(?:姓名|户名|名称)|转出户名|转出方|汇款人(?:姓名)?|汇款方|付款单位|扣款户名"),
    (OTHER, r"对方(?:户名|姓名|名称|账户名称?|全称|账户户名|单位|名字)|对方账户名|对方信息|交易对方|交易对手|对手(?:户名|名称)|户名|账户名称?|开户名|开户人|开户姓名|姓名|真实姓名|名字(?:叫|是)?|持卡人|卡主|对方(?=:)|交易商户|商户|昵称|(?:汇出|转出|汇款|转账)(?=:)|To(?=:)"),
)  # fmt: skip
_LABELLED: Final = (
    *(
        (
            role,
            re.compile(
                rf"(?:{labels})\s?(?::|是|为|叫|\s)\s{{0,2}}(?P<id>[A-Z]{{2,20}}(?: [A-Z]{{2,20}}){{1,3}}|(?:\*{{1,2}}\s?)?{_SIGN}{{1,40}}(?: {_SIGN}{{1,20}}){{0,2}}?(?:\([{_H}A-Za-z*]{{1,12}}\)[{_H}]{{0,20}})?)(?=[\s,，。;；:、|\[\]【】()]|$)"
            ),
        )
        for role, labels in _LABELS
    ),
    (OTHER, re.compile(r"(?:转账-转给|转账-来自|二维码付款-给)(?P<id>[^\s()\n]{1,20})")),
    (OTHER, re.compile(r"转账给\s(?P<id>[^\s()\n]{1,20})(?=\()")),
    (
        OTHER,
        re.compile(r"(?:商户|商家|店铺|收款方|对方)\s?[\"“「](?P<id>[^\"”」\n]{1,30})(?=[\"”」])"),
    ),
    (
        OTHER,
        re.compile(
            r"(?:向|给)\s?[\"“「](?P<id>[^\"”」\n]{1,20})(?=[\"”」]\s?(?:转|付|汇|打|支付|发))"
        ),
    ),
    (OTHER, re.compile(r"发给\s?[\"“「](?P<id>[^\"”」\n]{1,20})")),
    (OTHER, re.compile(r"\n(?P<id>[^\n:0-9]{1,20})\n[-+][0-9,]{1,14}\.[0-9]{2}(?=\n|$)")),
)
_VERBS: Final = (
    (OTHER, re.compile(rf"(?:转账给|转帐给|转给了?|打给了?|汇给了?|付给了?|支付给|付款给|转账-转给|转账至|转至|汇至|汇款给|转入)\s?(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}]{{2,4}}){_AFTER}")),
    (OTHER, re.compile(rf"(?:向|给)\s?(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}·]{{2,4}}?){_VERB}")),
    (OTHER, re.compile(rf"(?:给|→|->|都到|付给|打给)\s?(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}]{{2,4}}){_AFTER}")),
    (OTHER, re.compile(rf"元\s?[至到]\s?(?P<id>{_MASKED_NAME}|[{_H}]{{2,4}})(?=[0-9*])")),
    (OTHER, re.compile(rf"(?:收到|来自)\s?(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}·]{{2,4}}?)\s?(?=转账|汇款|付款|的|\(|转入|转来)")),
    (OTHER, re.compile(rf"(?:^|[\s,，。;；:\]】\n])(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}·]{{2,4}}?)(?=(?:(?:于|在)[^,，。\n]{{0,24}})?向(?:您|你|我|尾号))")),
    (OTHER, re.compile(rf"(?:对方户名|对方姓名|付款方|付款人|收款方|收款人|对方|户名)(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}]{{2,4}}){_AFTER}")),
    (OTHER, re.compile(rf"(?:对方|户主|卡主|收款人|收款方|持卡人|户名|开户人)(?:的?(?:名字|姓名|户主|户名))?(?:好像|大概|应该|可能)?(?:就?是|叫做?|名叫)\s?(?:{_OF_BANK})?(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}]{{2,4}}){_AFTER}")),
    (OTHER, re.compile(rf"(?:卡|账户|账号|户头)(?:就?是|写的?是)\s?(?P<id>{_MASKED_NAME}|[{_H}]{{2,4}}?)的")),
    (OTHER, re.compile(rf"给了?[他她我]的?(?:{_KIN})(?P<id>{_MASKED_NAME}|[{_H}]{{2,4}}){_AFTER}")),
    (OTHER, re.compile(rf"(?:对公(?:账户|账号|户)|公司账[户号]|公户)\s?:?\s?(?P<id>{_FIRM}){_AFTER}")),
    (OTHER, re.compile(rf"[-+][0-9,]{{1,14}}\.[0-9]{{2}}(?:\s[0-9,]{{1,14}}\.[0-9]{{2}})?\s(?P<id>{_MASKED_NAME}|[{_H}]{{2,4}})(?=\n|$)")),
    (OTHER, re.compile(rf"(?:跨行转账|行内转账|实时转账|转账汇款|跨行汇款|转账)-(?P<id>{_MASKED_NAME}|{_FIRM}|[{_H}]{{2,4}}){_AFTER}")),
)  # fmt: skip
_BESIDE: Final = re.compile(rf"(?<![{_H}*])(?P<id>{_MASKED_NAME}|[{_H}]{{2,4}})(?![{_H}*])")
_COUNT: Final = re.compile(r"(?<![0-9])[0-9]{1,2}$")
"""Before a measure: what follows ``3`` in ``3单返佣`` is nobody's name."""
_REACH: Final = 40
_LONGEST_PERSON: Final = 4
_PRONOUNS: Final = frozenset("您你我他她它本")
_NO_NAME: Final = re.compile(
    r"(?:[您你我他她这那谁别再又先后把被让钱款元块了吗呢吧]|对方|客服|支付|银行|微信|平台|账户|账号|公司账|商家|朋友|骗子|老师|群|一个|指定|银联|手机|本人|自己|今天|昨天|转账|成功|撤销|撤回|冲正|退款|退回)"
)


def find_names(claims: Claims, accounts: Iterable[Token]) -> Iterator[Token]:
    """Names with the role their label gives; ``accounts`` tell where a bare name may stand."""
    for role, shape in _LABELLED:
        for match in shape.finditer(claims.text):
            token = _labelled(claims, match, role)
            if token:
                yield token
    yield from _beside_verbs(claims)
    for account in accounts:
        yield from _beside(claims, account)


def _beside_verbs(claims: Claims) -> Iterator[Token]:
    for role, shape in _VERBS:
        for match in claims.matches(shape, "id"):
            if _fits(match["id"]) and claims.take(*match.span("id")):
                yield Token(NAME, match["id"], *match.span("id"), Confidence.LIKELY, role)


def _beside(claims: Claims, account: Token) -> Iterator[Token]:
    """A name that stands alone near an account: ``6217… 建设银行 王某强``."""
    offset = max(0, account.start - _REACH)
    for match in _BESIDE.finditer(claims.text[offset : account.end + _REACH]):
        start, end = match.start() + offset, match.end() + offset
        if _standing(claims, match["id"], start, end) and claims.take(start, end):
            yield Token(NAME, match["id"], start, end, Confidence.DOUBTFUL)


def _standing(claims: Claims, name: str, start: int, end: int) -> bool:
    if re.fullmatch(_MASKED_NAME, name):
        return claims.free(start, end)
    return (
        is_person(name)
        and not _NO_NAME.search(name)
        and not re.search(_STOP, name)
        and not _is_counted(claims, start)
        and claims.free(start, end)
    )


def _is_counted(claims: Claims, start: int) -> bool:
    count = _COUNT.search(claims.text, max(0, start - 3), start)
    return count is not None and claims.free(*count.span())


def _labelled(claims: Claims, match: re.Match[str], role: str) -> Token | None:
    start, end = match.span("id")
    words = match["id"][
        : claims.free_until(start, end) - start
    ]  # behind it a bank, say, has no space before it
    name = re.split(rf"(?<=[{_H}*]){_STOP}", words, maxsplit=1)[0].rstrip(" .-(")
    if name.count("(") > name.count(")"):
        name += ")" if claims.text.startswith(")", start + len(name)) else ""
    end = start + len(name)
    if (
        not name
        or name[0] in _PRONOUNS
        or re.match(_STOP, name)
        or not re.search(rf"[{_H}A-Za-z]", name)
    ):
        return None
    if not claims.take(start, end):
        return None
    return Token(NAME, name.replace("* ", "*"), start, end, Confidence.SURE, role)


def _fits(name: str) -> bool:
    if re.fullmatch(_MASKED_NAME, name) or (
        len(name) > _LONGEST_PERSON and re.fullmatch(_FIRM, name)
    ):
        return True
    return is_person(name) and not _NO_NAME.search(name) and not re.search(_STOP, name)
