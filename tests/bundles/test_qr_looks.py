"""The sizes and ways in which a picture is looked at for codes."""

from __future__ import annotations

import io

from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from desktop.bundles.codes.qr import enlarged, fax_or_bitmap_pages, picture_variants


def blank(width: int, height: int) -> memoryview:
    return memoryview(bytes(width * height)).cast("B", (height, width))


def size_of(view: memoryview) -> tuple[int, int]:
    """Width and height."""
    assert view.shape is not None
    height, width = view.shape
    return width, height


@given(st.tuples(st.integers(1, 6000), st.integers(1, 40)), st.booleans())
@example(long_and_short=(1600, 1), upright=False)
@example(long_and_short=(2801, 40), upright=True)
def test_a_page_is_looked_at_larger_and_larger_in_its_own_shape(
    long_and_short: tuple[int, int], upright: bool
) -> None:
    """No side is lost, the last look is at the page as it is."""
    width, height = reversed(long_and_short) if upright else long_and_short
    out = io.BytesIO()
    Image.new("L", (width, height), 255).save(out, "BMP")
    (page,) = fax_or_bitmap_pages(out.getvalue(), 1)
    sizes = [size_of(view) for view in page]
    longest = max(width, height)
    assert [max(size) for size in sizes] == [
        *(side for side in (1600, 2800) if side < longest),
        longest,
    ]
    assert sizes[-1] == (width, height)
    for across, down in sizes:
        share = max(across, down) / longest
        assert abs(across - width * share) <= 1
        assert abs(down - height * share) <= 1
        assert min(across, down) >= 1


@given(st.integers(1, 1700), st.integers(1, 40))
@example(1599, 40)
@example(1600, 40)
def test_what_is_small_is_looked_at_twice_as_large_and_what_is_not_as_it_is(
    width: int, height: int
) -> None:
    times = 2 if max(width, height) < 1600 else 1
    assert size_of(enlarged(blank(width, height))) == (times * width, times * height)


@given(st.integers(4, 1700), st.integers(4, 40), st.booleans())
@example(1599, 40, False)
@example(1600, 40, False)
@example(40, 40, False)
def test_a_page_is_looked_at_sharpened_stretched_in_parts_and_enlarged(
    width: int, height: int, upright: bool
) -> None:
    """Stretched where it lies like a squashed fax; the parts are nine of half its size, all over it."""
    width, height = (height, width) if upright else (width, height)
    sizes = [size_of(view) for view in picture_variants(blank(width, height))]
    lies, small = width > height, max(width, height) < 1600
    expected = [(width, height)]
    if lies:
        expected += [(width, 2 * height), *[(width // 2, height)] * 9]
    expected += [(width // 2, height // 2)] * 9
    if small:
        expected += [(2 * width, 2 * height)]
    assert sizes == expected
