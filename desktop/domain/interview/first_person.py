"""A story as an officer noted it, in the words of who tells it: 李秀兰 and 被害人 become 我.

It is a draft: an officer reads it over, changes it, and what they wrote is kept. Whoever cannot be told apart
(其, 其他被害人) stays as it is. A story with an I in it is a draft for its teller alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from desktop.domain.cases.case import Case
from desktop.domain.cases.people.party import SELF, Party, PartyRole

_I: Final = "我"
_QUOTED: Final = re.compile(r"[“‘\"「『][^”’\"」』]*[”’\"」』]")
_OWN_WORD: Final = re.compile(r"(?<!自)我(?!国|省|市|区|县|所|局|院|行|司)")
"""The I of somebody; 我所 and 我行 are how a station, a bank and a caller in a bank's name call themselves."""
_VICTIM: Final = ("被害人", "受害人", "事主")
_REPORTER: Final = ("报案人",)
_OTHERS: Final = "".join(
    f"(?<!{word})" for word in ("其他", "其它", "别的", "另外", "另一", "多名", "名", "等", "位", "个", "该")
)  # fmt: skip
_LEAST: Final = 2
"""Characters of a name: a shorter one may be part of any word."""


def in_first_person(story: str, case: Case, asked: Party) -> str:
    """``story`` as ``asked`` tells it."""
    words = list(_words_for(case, asked))
    name = asked.name if len(asked.name) >= _LEAST and not asked.is_organisation else ""
    known = "|".join(re.escape(word) for word in words)
    whole = (
        [f"(?:{known})?{re.escape(name)}"] if name and known else [re.escape(name)] if name else []
    )
    if known:
        whole.append(f"{_OTHERS}(?:{known})(?!家属|的家人|亲属|人群)")
    return re.sub("|".join(whole), _I, story) if whole else story


def in_anothers_words(story: str, case: Case, asked: Party) -> bool:
    """Whether the I in ``story`` may be another's than ``asked``'s, so that it must not be put in their mouth.

    It is theirs where they report and were defrauded themselves, or where the victim is no person. Whoever reports for
    another may have told it in the victim's I or in their own: nobody but the officer knows.
    """
    own = asked.id == SELF or PartyRole.VICTIM in asked.roles or case.victim_is_organisation
    if own and asked.id == case.reporter.id:
        return False
    return bool(_OWN_WORD.search(_QUOTED.sub("", story)))


def _words_for(case: Case, asked: Party) -> Iterable[str]:
    """What an officer calls the person: the victim and the reporter only where that is who is asked."""
    of_victim = asked.id == SELF or PartyRole.VICTIM in asked.roles
    if of_victim and not asked.is_organisation:
        yield from _VICTIM
    if asked.id == case.reporter.id:
        yield from _REPORTER
