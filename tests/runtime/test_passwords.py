"""Password rules and the printed recovery code."""

from hashlib import sha512
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError, WorldError
from desktop.runtime.keys.passwords import PasswordPolicy, weaknesses
from desktop.runtime.keys.recovery_code import new_code, parse_code

POLICY = PasswordPolicy.from_rules()
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = new_code()


def test_unfit_rules_mean_an_incomplete_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfit = tmp_path / "sign_in.toml"
    monkeypatch.setattr("desktop.runtime.keys.passwords.resource_path", lambda _: unfit)
    for content in ("[minimum_length]\nvalue = 10\n", "[history]\n", "no rules", "x = 1"):
        unfit.write_text(content, "utf-8")
        with pytest.raises(WorldError, match=r"install\.incomplete"):
            PasswordPolicy.from_rules()


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Lantern-07-river", []),
        ("河灯-Lantern-07", []),
        ("Short-1", ["password.too_short"]),
        ("lanternriverstone", ["password.too_simple"]),
        ("Lantern-620001", ["password.has_number"]),
        ("Lantern-６２０００１", ["password.has_number"]),
        ("", ["password.too_short", "password.too_simple"]),
    ],
)
def test_weaknesses_are_named(password: str, codes: list[str]) -> None:
    assert [weakness.code for weakness in weaknesses(password, "620001", POLICY)] == codes


STATION = POLICY.knowing("兰州市公安局城关分局张掖路派出所", "王建国")


@pytest.mark.parametrize(
    "password",
    [
        "Police110!", "Fanzha@2024", "Gongan@110119", "Jingcha@2025", "Paichusuo#123",
        "Woaini1314!", "Qwer1234!@", "1qaz@WSX3edc", "!QAZ2wsx#EDC", "Zxcvbnm123!",
        "Admin@123456", "P@ssw0rd2024", "Aa123456!!", "Lanzhou@2026", "20260101Aa!",
        "ZhangyeLu@110", "Zhangyelupcs1!", "Wangjianguo@1", "WangJianguo2026", "Wjg@12345678",
    ],
)  # fmt: skip
def test_what_others_would_guess_is_refused(password: str) -> None:
    assert [weakness.code for weakness in weaknesses(password, "620134", STATION)] == [
        "password.common"
    ]


@pytest.mark.parametrize(
    "password",
    [
        "Lantern-07-river",
        "Zhang-ye-lu-2026",
        "tR7-mango-listen",
        "河灯-Lantern-07",
        "下雨了7-Mango-伞",
    ],
)
def test_words_that_have_nothing_to_do_with_each_other_will_do(password: str) -> None:
    assert not weaknesses(password, "620134", STATION)


def test_a_very_long_password_is_judged_in_time() -> None:
    assert not weaknesses("aB-" + sha512(b"").hexdigest() * 40, "620134", STATION)


def test_codes_have_eight_groups_of_four_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 8
        assert set("".join(groups)) <= set(ALPHABET)


@given(st.data())
def test_a_code_is_understood_however_it_is_typed(data: st.DataObject) -> None:
    separators = data.draw(
        st.lists(st.sampled_from(["", " ", "-", " - ", "—"]), min_size=8, max_size=8)
    )
    misread = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        data.draw(st.sampled_from([*misread.get(char, char), char.lower()]))
        + (separators[place // 4] if place % 4 == 3 else "")
        for place, char in enumerate(CODE.replace("-", ""))
    )
    assert parse_code(typed) == parse_code(CODE)


def test_every_single_slip_and_most_swaps_are_noticed() -> None:
    code = new_code().replace("-", "")
    noticed = tried = 0
    for place in range(32):
        for char in ALPHABET.replace(code[place], ""):
            tried += 1
            try:
                parse_code(code[:place] + char + code[place + 1 :])
            except UserInputError:
                noticed += 1
    # Ten check bits let one slip in 1,024 through; of these 992 more than six would be odd.
    assert noticed >= tried - 6


@pytest.mark.parametrize("text", ["", "恢复码", "0" * 31, "0" * 33, "U" * 32, "\x00" * 32])
def test_what_is_no_code_is_mistyped(text: str) -> None:
    with pytest.raises(UserInputError, match=r"recovery\.mistyped"):
        parse_code(text)
