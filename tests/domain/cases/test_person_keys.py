"""By what two visits of one person are known: never by a name alone, a short number or a masked one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.people.person_keys import Sameness, person_keys
from desktop.domain.cases.people.victim import Victim

ID, PHONE, CARD = "62010219680415204X", "13919364417", "6217004230001234569"


def test_the_same_person_however_the_numbers_are_written() -> None:
    here = person_keys(Victim("李 秀兰", id_number=ID, phone=PHONE), [CARD])
    wide = Victim("李秀兰", id_number=ID.lower(), phone="139-1936 4417")
    assert person_keys(wide, ["６２１７ 0042 3000 1234 569"]) == here
    assert list(here.values()) == [Sameness.ID_NUMBER, Sameness.PHONE, Sameness.NAME_ACCOUNT]
    assert not here.keys() & person_keys(Victim("王五"), [CARD]).keys()


numbers = st.sampled_from(["", "12345", "123456", "1234*6", CARD, "１２３４５６", "12 3-456"])


@given(st.sampled_from(["", " ", "李秀兰"]), numbers, numbers, st.lists(numbers, max_size=3))
def test_what_tells_nobody_apart_is_no_key(
    name: str, identity: str, phone: str, accounts: list[str]
) -> None:
    telling = {"123456", CARD, "１２３４５６", "12 3-456"}
    found = person_keys(Victim(name, id_number=identity, phone=phone), accounts)
    wanted = {Sameness.ID_NUMBER} if identity in telling else set()
    wanted |= {Sameness.PHONE} if phone in telling else set()
    wanted |= {Sameness.NAME_ACCOUNT} if name.strip() and telling & set(accounts) else set()
    assert set(found.values()) == wanted
