"""Papers of a case as living things."""

from __future__ import annotations

from enum import StrEnum


class BlankReason(StrEnum):
    """Why a place of a paper stays blank. A newer program may know more, and an officer may use own words."""

    REFUSED = "refused"
    """拒绝签名。"""
    UNREACHABLE = "unreachable"
    """无法联系。"""
    ABSENT = "absent"
    """不在场。"""
    UNABLE = "unable"
    """不能书写，已捺指印。"""
    INTERPRETER = "interpreter"
    """无翻译人员在场。"""
    NOT_NEEDED = "not_needed"
    """无此情形。"""
