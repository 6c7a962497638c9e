"""What Qt's plugin for IBus gets from the bridge, and fcitx 4 from it, over a bus of the test's own."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.runtime.input_bridge.bus_names import PORTAL
from tests.support.private_bus import (
    BridgeProcess,
    FakeFcitx,
    FakeQt,
    owner_of,
    private_bus,
)

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")
_Z, _H, _SPACE, _F9 = 122, 104, 32, 0xFFC6


@pytest.fixture(name="bus")
def a_bus() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture(name="fcitx")
def the_input_method(bus: str) -> Iterator[FakeFcitx]:
    fcitx = FakeFcitx(bus)
    yield fcitx
    fcitx.close()


@pytest.fixture(name="bridge")
def the_bridge(bus: str, tmp_path: Path) -> Iterator[BridgeProcess]:
    bridge = BridgeProcess(bus, tmp_path)
    yield bridge
    bridge.close()


@pytest.fixture(name="qt")
def the_window(bus: str, bridge: BridgeProcess) -> Iterator[FakeQt]:
    qt = FakeQt(bus)
    qt.create()
    yield qt
    qt.close()


def test_a_name_is_typed(fcitx: FakeFcitx, qt: FakeQt) -> None:
    fcitx.wait_for("SetCapacity")
    qt.call("FocusIn")
    assert [qt.key(_Z), qt.key(_H), qt.key(_SPACE)] == [True, True, True]
    assert qt.signals("CommitText") == [
        ("UpdatePreeditText", ("z", 1, True)),
        ("UpdatePreeditText", ("zh", 2, True)),
        ("CommitText", ("赵六",)),
    ]
    assert qt.signals("UpdatePreeditText") == [("UpdatePreeditText", ("", 0, False))]
    assert not qt.key(_F9)


def test_presses_and_releases_are_sent_as_fcitx_counts_them(fcitx: FakeFcitx, qt: FakeQt) -> None:
    fcitx.wait_for("SetCapacity")
    fcitx.takes = lambda _sym: False  # it is switched off, and hears of every key all the same
    assert not qt.key(_Z, 44, 1)
    assert not qt.release(_Z, 44)
    keys = [body[:4] for body in fcitx.wait_for_all("ProcessKeyEvent", 2)]
    assert keys == [(_Z, 52, 1, 0), (_Z, 52, 0, 1)]


def test_a_key_before_the_context_is_there_waits_for_it(fcitx: FakeFcitx, bus: str) -> None:
    fcitx.mute = True
    # The bridge is not begun by the fixture: its first question must find fcitx slow.
    bridge = BridgeProcess(bus, Path("/nonexistent"))
    qt = FakeQt(bus)
    try:
        qt.create()
        fcitx.wait_for("CreateICv3")
        fcitx.speak_again()
        assert qt.key(_Z)
    finally:
        qt.close()
        bridge.close()


def test_the_cursor_counts_characters_and_lines_are_below_what_is_not_chosen(
    fcitx: FakeFcitx, qt: FakeQt
) -> None:
    fcitx.wait_for("SetCapacity")
    fcitx.signal("UpdateFormattedPreedit", "a(si)i", ([("赵", 8), ("liu", 0)], 4))
    assert qt.signals("UpdatePreeditText") == [("UpdatePreeditText", ("赵liu", 2, True))]


def test_who_understands_learns_that_half_a_word_is_saved(fcitx: FakeFcitx, qt: FakeQt) -> None:
    qt.put("ClientCommitPreedit", "(b)", (True,))
    (capacity,) = fcitx.wait_for("SetCapacity")
    assert capacity & 1 << 5, "fcitx would commit it too"
    assert not capacity & 1 << 6, "text around the cursor is nobody's business"
    qt.key(_Z)
    assert qt.signals("UpdatePreeditTextWithMode")[-1][1] == ("z", 1, True, 1)


def test_a_password_field_is_declared_as_one(fcitx: FakeFcitx, qt: FakeQt) -> None:
    fcitx.wait_for("SetCapacity")
    qt.put("ContentType", "(uu)", (0, 8))
    qt.key(_F9)
    capacities = [body[0] for method, body in fcitx.heard if method == "SetCapacity"]
    assert [bool(bits & 1 << 3) for bits in capacities] == [False, True]


def test_place_focus_and_reset_go_on(fcitx: FakeFcitx, qt: FakeQt) -> None:
    qt.call("FocusIn")
    qt.call("SetCursorLocation", "iiii", (10, 20, 1, 18))
    assert fcitx.wait_for("SetCursorRect") == (10, 20, 1, 18)
    qt.call("Reset")
    qt.call("FocusOut")
    fcitx.wait_for("FocusOut")
    assert {"FocusIn", "Reset"} <= dict(fcitx.heard).keys()


def test_other_signals_are_passed_on(fcitx: FakeFcitx, qt: FakeQt) -> None:
    fcitx.wait_for("SetCapacity")
    fcitx.signal("ForwardKey", "uui", (_F9, 4, 1))
    fcitx.signal("DeleteSurroundingText", "iu", (-1, 1))
    assert qt.signals("DeleteSurroundingText") == [
        ("ForwardKeyEvent", (_F9, 0, 4 | 1 << 30)),
        ("DeleteSurroundingText", (-1, 1)),
    ]


def test_nobody_else_may_speak_for_fcitx(fcitx: FakeFcitx, qt: FakeQt, bus: str) -> None:
    fcitx.wait_for("SetCapacity")
    stranger = FakeFcitx(bus, name="org.example.Stranger")
    stranger.signal("CommitString", "s", ("forged",), context=1)
    stranger.close()
    qt.key(_F9)  # by now it would be there
    fcitx.signal("CommitString", "s", ("true",))
    assert qt.signals("CommitText") == [("CommitText", ("true",))]


def test_a_restart_in_mid_word_keeps_the_letters_and_goes_on(
    fcitx: FakeFcitx, qt: FakeQt, bus: str
) -> None:
    fcitx.wait_for("SetCapacity")
    qt.call("FocusIn")
    qt.key(_Z)
    other = FakeFcitx(bus, name="org.example.Next")
    fcitx.signal("CloseIM", "", ())
    fcitx.go()
    assert qt.signals("CommitText")[-1] == ("CommitText", ("z",))
    assert not qt.key(_H), "nobody takes keys now"
    other.come()
    other.wait_for("FocusIn")
    assert qt.key(_H)
    assert qt.signals("UpdatePreeditText")[-1][1] == ("h", 1, True)
    other.close()


def test_who_waits_too_long_types_letters_until_fcitx_is_back(fcitx: FakeFcitx, qt: FakeQt) -> None:
    fcitx.wait_for("SetCapacity")
    fcitx.mute = True
    assert not qt.key(_Z), "after a while it is the program's"
    assert not qt.key(_H), "at once"
    fcitx.wait_for("Reset")
    fcitx.speak_again()
    while not qt.key(_Z):
        pass
    said = qt.signals("UpdatePreeditText")
    while said[-1][1][0] == "":
        said = qt.signals("UpdatePreeditText")
    assert said[-1] == ("UpdatePreeditText", ("z", 1, True)), "what it did late is not shown"


def test_a_bus_without_a_file_is_reached_too(tmp_path: Path) -> None:
    with private_bus(f"unix:abstract={tmp_path}") as bus:
        fcitx, bridge, qt = FakeFcitx(bus), BridgeProcess(bus, tmp_path), FakeQt(bus)
        qt.create()
        assert qt.key(_Z)
        qt.close()
        assert bridge.close() == 0
        fcitx.close()


def test_without_fcitx_letters_pass_at_once(qt: FakeQt) -> None:
    assert not qt.key(_Z)


def test_two_windows_do_not_hear_each_other(fcitx: FakeFcitx, qt: FakeQt, bus: str) -> None:
    other = FakeQt(bus)
    other.create()
    assert other.key(_Z)
    assert other.signals("UpdatePreeditText")[-1][1] == ("z", 1, True)
    fcitx.signal("CommitString", "s", ("一",), context=1)
    assert qt.signals("CommitText") == [("CommitText", ("一",))]
    other.close()
    fcitx.wait_for("DestroyIC")


def test_the_next_bridge_serves_who_was_with_the_one_before(
    fcitx: FakeFcitx, qt: FakeQt, bridge: BridgeProcess, bus: str, tmp_path: Path
) -> None:
    fcitx.wait_for("SetCapacity")
    heir = BridgeProcess(bus, tmp_path)
    bridge.process.send_signal(signal.SIGKILL)
    bridge.process.wait()
    qt.key(_Z)
    while not qt.key(_Z):  # the heir asks for a context first
        pass
    assert qt.signals("UpdatePreeditText")[-1][0] == "UpdatePreeditText"
    assert heir.close() == 0


def test_it_ends_with_the_program(bridge: BridgeProcess, bus: str) -> None:
    assert owner_of(bus, PORTAL)
    assert bridge.close() == 0
    assert not owner_of(bus, PORTAL)


@pytest.mark.parametrize(
    ("name", "signature", "body"),
    [
        ("CommitString", "u", (1,)),
        ("CommitString", "", ()),
        ("UpdateFormattedPreedit", "s", ("x",)),
        ("ForwardKey", "s", ("x",)),
        ("Unheard", "u", (7,)),
    ],
)
def test_nonsense_of_fcitx_is_passed_over(
    fcitx: FakeFcitx, qt: FakeQt, name: str, signature: str, body: tuple[object, ...]
) -> None:
    fcitx.wait_for("SetCapacity")
    fcitx.signal(name, signature, body)
    fcitx.signal("CommitString", "s", ("王",))
    assert qt.signals("CommitText") == [("CommitText", ("王",))]


def test_fcitx_on_a_bus_of_its_own(tmp_path: Path) -> None:
    with private_bus() as session, private_bus() as own:
        fcitx = FakeFcitx(own)
        bridge, qt = BridgeProcess(session, tmp_path, FCITX_DBUS_ADDRESS=own), FakeQt(session)
        qt.create()
        assert qt.key(_Z)
        fcitx.close()
        assert qt.signals("CommitText")[-1] == ("CommitText", ("z",)), "it went in mid-word"
        assert not qt.key(_Z)
        fcitx = FakeFcitx(own)
        while not qt.key(_Z):  # found by the next look
            pass
        qt.close()
        assert bridge.close() == 0
        fcitx.close()


def test_nonsense_is_refused_and_the_bridge_lives(fcitx: FakeFcitx, qt: FakeQt) -> None:
    for method, signature, body in (
        ("ProcessKeyEvent", "s", ("x",)),
        ("Unheard", "", ()),
        ("SetCursorLocation", "", ()),
    ):
        with pytest.raises(AssertionError, match="UnknownMethod"):
            qt.call(method, signature, body)
    fcitx.wait_for("SetCapacity")
    assert qt.key(_Z)
