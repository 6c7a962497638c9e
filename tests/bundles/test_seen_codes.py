"""The largest code a slip has is read from whatever a person holds before a camera within reason."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.bundles.codes.qr import codes_in_frame
from desktop.bundles.codes.slip import MAX_SIZE
from desktop.runtime.qr_picture import qr_png
from tests.support.seen_codes import Sight, frame_of, seen

DATA = bytes(range(256)) * 3 + bytes(MAX_SIZE - 768)
CODE = qr_png(DATA)
SIGHTS = st.builds(
    Sight,
    width=st.just(1280),
    height=st.just(720),
    share=st.floats(0.55, 0.66),  # turned by 45 degrees it still is in the picture
    turn=st.floats(-180, 180),
    tilt=st.floats(0, 0.15),
    blur=st.floats(0, 0.8),
    noise=st.floats(0, 8),
    covered=st.sampled_from((0.0, 0.02)),
    jpeg=st.integers(50, 100),
    contrast=st.floats(0.6, 1.0),
    shade=st.floats(0, 0.4),
)


@given(SIGHTS, st.integers(0, 999))
@settings(max_examples=40, derandomize=True)
def test_a_code_seen_within_reason_is_read(sight: Sight, seed: int) -> None:
    frame = frame_of(seen(CODE, sight, seed))
    view = memoryview(frame.pixels).cast("B", (frame.height, frame.width))
    assert codes_in_frame(view) == (DATA,)
