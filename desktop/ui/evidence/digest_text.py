"""Digests as people compare them: groups of eight, four groups a line."""

from __future__ import annotations

_GROUP = 8
_GROUPS_A_LINE = 4


def digest_text(digest: str) -> str:
    """``9f2b61c0 e7d4a351 …`` on as many lines as needed."""
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)
