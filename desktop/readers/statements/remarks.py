"""The other side in a column of remarks, where a bank has no column of its own for it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from desktop.readers.pasted.surnames import is_person

_TRANSFER: Final = re.compile(r"转账|汇款|汇入|汇出|代发|转入|转出")
_COMPANY: Final = re.compile(
    r"\S{2,}(?:公司|商行|经营部|工作室|事务所|合作社|商店|超市|厂|厂家|中心|医院|学校)"
)
_WITH_ACCOUNT: Final = re.compile(r"\S+\s+[\d*]{10,30}|[\d*]{10,30}\s+\S+")


def is_company(name: str) -> bool:
    """Whether it names a firm, a shop or an office."""
    return _COMPANY.fullmatch(name) is not None


@lru_cache(4_096)
def parted_remark(remark: str, kind: str) -> tuple[str, str]:
    """Who stands in a remark, and what else it says: a name with its account, a company, and of transfers a person
    alone or before further words. ``话费`` and ``朝朝宝转入`` are nobody. ``kind``: 转账汇款, 快捷支付."""
    if _WITH_ACCOUNT.fullmatch(remark) or is_company(remark):
        return remark, ""
    name, _, rest = remark.partition(" ")
    if _TRANSFER.search(kind) and is_person(name):
        return name, rest.strip()
    return "", remark
