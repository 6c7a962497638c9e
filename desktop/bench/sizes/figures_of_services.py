"""What services take on a desk of some size, without a window: signing in, clocks, search, and what a night does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final

from desktop.app.backup.backup import back_up_news, make_backup
from desktop.app.installation import Installation
from desktop.bench.desks.make_desk import PASSWORD
from desktop.bench.desks.varied_cases import OFFICERS
from desktop.bench.material import machine_without_counter
from desktop.bench.measure import seconds
from desktop.bench.server.side_by_side import all_accepted
from desktop.bench.sizes.goals import Measured
from desktop.bench.sizes.work_of_database import counted
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import peer_subject
from desktop.journal.entry import NewEntry, read_line
from desktop.journal.kinds import PARTY_TRUSTED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.look_up import board, case_file, search
from desktop.services.orders.shift.list_clocks import watch_clocks
from desktop.services.ports import all_applied
from desktop.services.session import Session
from desktop.storage.store import SqlStore

_ROUNDS: Final = 5
_ONCE_ROUNDS: Final = 3
_P95: Final = 0.95
_DAY: Final = 20
"""Reports of a station's day."""
_CARRIED: Final = 50_000
"""Entries that are taken in, at the most."""
_EVERY: Final = 50
_STORIES: Final = 20
_WORDS: Final = (
    "转账", "点赞返利", "客服", "银行", "微信群", "投资", "安全账户", "验证码", "京东金融", "屏幕", "礼品卡", "兰州",
    "返", "孙子", "6217", "139", "20261", "第三方", "演唱会门票", "云聊", "王", "保证金", "雁滩路派出所", "拉黑",
)  # fmt: skip
"""Frequent and rare ones, of one to six characters."""


def figures_of_services(folder: Path, aside: Path) -> Iterator[Measured]:
    """Of the desk in ``folder``; ``aside``: an empty folder to work in."""
    installation = Installation(folder, machine_without_counter())
    yield _signing_in(installation)
    session = installation.sign_in(OFFICERS[0], PASSWORD)
    try:
        yield from _clocks(session)
        yield from _searched(session)
        yield _suggested(session)
        yield from _steps(session)
        yield from _nightly(installation, session, aside)
        yield from _taken_in(session, aside)
    finally:
        installation.close()


def _signing_in(installation: Installation) -> Measured:
    times = []
    for _ in range(_ONCE_ROUNDS):
        key = seconds(partial(installation.key_file().unlock, OFFICERS[0], PASSWORD))
        whole = seconds(partial(installation.sign_in, OFFICERS[0], PASSWORD))
        installation.close()
        times.append(max(whole - key, 0.0) * 1000)
    return Measured("sign_in_beyond_key", tuple(times))


def _clocks(session: Session) -> Iterator[Measured]:
    watch_clocks(session)  # the first look of all reckons every case, once in the life of a profile
    first = [1000 * seconds(partial(watch_clocks, session)) for _ in range(_ROUNDS)]
    yield Measured("clocks_first", tuple(first))
    later = []
    for _ in range(_ROUNDS):
        _report(session)
        later.append(1000 * seconds(partial(watch_clocks, session)))
    yield Measured("clocks_after_report", tuple(later))


def _report(session: Session) -> None:
    document = {"victim": {"name": "测速"}, "narrative": "测速" * 60}
    register_report(session, form_from_document(session, document))


def _searched(session: Session) -> Iterator[Measured]:
    """The 95th of a hundred searches, of words and of the ends of numbers, in each of some rounds."""
    cards = board(session)
    middle = cards[len(cards) // 2 :][:20]
    files = [case_file(session, card.id) for card in middle]
    tails = [file.case.victim.phone[-4:] for file in files] + [
        file.case.victim.name for file in files
    ]
    words = (*_WORDS, *filter(None, tails))
    rounds = []
    for _ in range(_ROUNDS):
        times = sorted(seconds(partial(search, session, word)) for word in words)
        rounds.append(1000 * times[ceil(len(times) * _P95) - 1])
    yield Measured("search_p95", tuple(rounds))


def _suggested(session: Session) -> Measured:
    """What a story sounds like, of the stories of twenty cases; the model is read before."""
    cards = board(session)[:_STORIES]
    stories = [case_file(session, card.id).case.narrative for card in cards]
    suggest = session.suggester.suggest
    suggest(stories[0], frozenset())
    rounds = [
        1000 * seconds(lambda: [suggest(story, frozenset()) for story in stories]) / len(stories)
        for _ in range(_ROUNDS)
    ]
    return Measured("suggestion", tuple(rounds))


def _steps(session: Session) -> Iterator[Measured]:
    case = board(session)[0].id
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("clocks", partial(watch_clocks, session)),
        ("case", partial(case_file, session, case)),
        ("search", partial(search, session, "银行")),
    )
    for name, ask in asked:
        with counted(_EVERY) as work:
            ask()
        yield Measured(f"steps_{name}", (work.steps / 1000,), "thousand steps")


def _nightly(installation: Installation, session: Session, aside: Path) -> Iterator[Measured]:
    """Everything verified and backed up, then the news of a day; and the projections made anew."""
    backups = aside / "backups"
    backups.mkdir()
    whole = seconds(partial(session.store.verify, SILENT))
    yield Measured("verify_whole", (whole,), "s")
    save = partial(make_backup, session, installation.paths, backups, SILENT)
    yield Measured("backup_whole", (seconds(save),), "s")
    for _ in range(_DAY):
        _report(session)
    yield Measured("verify_news", (seconds(partial(session.store.verify_news, SILENT)),), "s")
    news = partial(back_up_news, session, installation.paths, backups, SILENT)
    yield Measured("backup_news", (seconds(news),), "s")
    with session.store.read() as reader:
        entries = sum(reader.heads().values())
    took = seconds(partial(session.store.rebuild, SILENT))
    yield Measured("rebuild", (entries / took,), "entries/s")


def _taken_in(session: Session, aside: Path) -> Iterator[Measured]:
    """What the desk recorded first, into the database of a centre that trusts it and knows nothing else."""
    own = session.profile.device
    with session.store.read() as reader:
        lines = list(reader.lines(own, 1, _CARRIED))
    rates = [
        len(lines) / seconds(partial(_take_in, session, aside / f"{number}.db", lines))
        for number in range(_ONCE_ROUNDS)
    ]
    yield Measured("ingest", tuple(rates), "entries/s")


def _take_in(session: Session, path: Path, lines: Sequence[bytes]) -> None:
    own = session.profile
    centre = Profile(InstallationRole.CENTRE, "620100000000", "测速", "A", DeviceId("C" * 16))
    trusted = {"unit_code": own.unit_code, "unit_name": own.unit_name, "role": own.role.value,
               "trusted_at": to_wire(session.clock.now())}  # fmt: skip
    with SqlStore.create(path, bytes(32), centre, session.clock).closing() as store:
        with store.write() as transaction:
            trust = NewEntry(PARTY_TRUSTED, peer_subject(centre.device, own.device), trusted)
            transaction.append(OFFICERS[0], trust)
        applied, rest = store.apply(map(read_line, lines))
        with store.write() as transaction:
            applied = all_applied((applied, transaction.apply(rest)))
    all_accepted(applied)
