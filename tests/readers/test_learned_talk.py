"""Who speaks in talks as people paste them, and the days and sums that only a look around tells."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.learned.spans import DAY, SUM, find_spans
from desktop.readers.pasted.learned.talk import talk_of
from desktop.readers.pasted.pasted_text import PastedTextReader
from tests.readers.measuring import DIRECTORIES

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("坐席:几点转的?\n来电人:12点27。\n坐席:多少?\n来电人:四万八。", "来电人"),
        ("用户A -> 用户B 差一点\n用户B -> 用户A 差多少\n用户A -> 用户B 500\n用户B -> 用户A 转了", "用户B"),
        ("(我) 啥价\n(卖家-大山) 8.5万\n(我) 5000转了\n(卖家-大山) 到了", "我"),
        ("◆骗子◆ 拿五万\n◆我◆ 转完了\n◆骗子◆ 再拿\n◆我◆ 没了", "我"),
        ("08:01 ▸ bot: 垫付99\n08:02 ▸ 我: 垫了99\n08:03 ▸ bot: 129已返", "我"),
        ("Seller: 先付一半\nYou: 3900 已付\nSeller: ok\nYou: ?", "You"),
        ("男:要八万私了\n女:我转了六万\n男:还差两万\n女:没有了", "女"),
    ],
)  # fmt: skip
def test_the_one_who_reports_is_known_among_the_speakers(text: str, ours: str) -> None:
    talk = talk_of(text)
    assert len([turn for turn in talk if text[turn.start : turn.end].strip()]) >= 3
    assert {turn.who for turn in talk if turn.ours} == {ours}


@pytest.mark.parametrize(
    "text",
    [
        "收款人:王强\n金额:3000元\n时间:11月24日\n状态:成功",
        "昨天转了3000\n今天又转了2000\n共5000",
        "收款方 王强\n订单号 2026112400001\n金额 300.00",
    ],
)
def test_receipts_and_stories_are_no_talk(text: str) -> None:
    assert talk_of(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10月28日付430;30日付1290", "2026-10-30"),
        ("后一个是22号", "2026-11-22"),
        ("都是这个月十六号打的", "2026-11-16"),
        ("付款 22/11 20:40 6k", "2026-11-22"),
        ("我:11/13 已转", "2026-11-13"),
        ("转账时间 26-11-17 17:03", "2026-11-17"),
    ],
)
def test_days_are_found_however_they_are_written(text: str, day: str) -> None:
    tokens = PastedTextReader(DIRECTORIES).tokens(text, NOW)
    assert day in [span.value(DAY) for span in find_spans(text, tokens, NOW)]


@pytest.mark.parametrize("text", ["住3号楼", "13号店", "110号", "38号到过", "尾号30日元"])
def test_numbers_of_houses_are_no_days(text: str) -> None:
    assert not any(span.value(DAY) for span in find_spans(text, [], NOW))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("转了4万9千9", "49900.00"),
        ("把21万7千6付给了他", "217600.00"),
        ("刷卡2980", "2980.00"),
        ("提现 1,150 到账\n11-05 投 20,000", "20000.00"),
    ],
)
def test_no_sum_is_cut_short_and_no_day_is_one(text: str, yuan: str) -> None:
    tokens = PastedTextReader(DIRECTORIES).tokens(text, NOW)
    sums = [token.value for token in tokens if token.kind == "amount"]
    assert sums[-1] == yuan
    assert "11.00" not in [span.value(SUM) for span in find_spans(text, tokens, NOW) if span.token]
