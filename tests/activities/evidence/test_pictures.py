"""Pictures are drawn anew."""

import io
import resource
import time

import pytest
from PIL import Image

from activities.evidence import BadEvidence, Trouble
from activities.evidence.pictures import LONGEST_SIDE, redrawn
from tests.factories.files import SECRET_PLACE, huge_png, picture


def drawn(data: bytes, kind: str) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(io.BytesIO(data), kind)[0]))


def trouble(data: bytes, kind: str) -> Trouble:
    begun = time.thread_time()
    with pytest.raises(BadEvidence) as caught:
        redrawn(io.BytesIO(data), kind)
    assert time.thread_time() - begun < 2
    return caught.value.trouble


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_but_pixels_comes_out(kind: str) -> None:
    data, media_type = redrawn(io.BytesIO(picture(kind)), kind)
    assert media_type == ("image/png" if kind == "PNG" else "image/jpeg")
    assert SECRET_PLACE.encode() not in data
    again = Image.open(io.BytesIO(data))
    assert again.size == (60, 40)
    assert not dict(again.getexif())
    assert not {"exif", "comment", "icc_profile", "xmp", "Comment"} & set(again.info)
    red, green, _ = again.convert("RGB").getpixel((5, 20))
    assert red > 180
    assert green < 60


def test_the_test_pictures_do_carry_a_secret() -> None:
    assert SECRET_PLACE.encode() in picture("JPEG")
    assert SECRET_PLACE.encode() in picture("PNG")


def test_a_picture_taken_sideways_stands_upright() -> None:
    turned = drawn(picture("JPEG", orientation=6), "JPEG")
    assert turned.size == (40, 60)


def test_a_large_photo_becomes_smaller() -> None:
    begun = time.thread_time()
    small = drawn(picture("JPEG", (4000, 3000)), "JPEG")
    assert max(small.size) == LONGEST_SIDE
    assert small.size[0] * 3 == small.size[1] * 4
    assert time.thread_time() - begun < 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode(mode: str) -> None:
    colour = 40_000 if mode == "I;16" else None
    shown = drawn(picture("PNG", mode=mode, colour=colour), "PNG")
    assert shown.mode in ("RGB", "L")
    if mode == "I;16":
        assert shown.getpixel((0, 0)) == 156, "Sixteen bits become eight, not white"
    if mode == "RGBA":
        assert shown.getpixel((59, 39)) == (255, 255, 255), "What can be seen through is paper"


def test_the_first_picture_of_many() -> None:
    frames = [Image.new("RGB", (30, 30), (level, 0, 0)) for level in (200, 100, 0)]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    shown = drawn(target.getvalue(), "WEBP")
    assert shown.size == (30, 30)
    assert shown.getpixel((1, 1))[0] > 180


@pytest.mark.parametrize(("width", "height"), [(10_000, 10_000), (20_000, 20_000), (40_001, 1_000), (1_000_000_000, 1)])
def test_too_many_pixels_are_refused_before_they_are_decoded(width: int, height: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert trouble(huge_png(width, height), "PNG") is Trouble.PIXELS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_half_a_picture_is_refused(kind: str) -> None:
    data = picture(kind, (400, 300))
    assert trouble(data[: len(data) * 2 // 5], kind) is Trouble.PICTURE


def test_another_kind_than_it_says_is_refused() -> None:
    assert trouble(picture("PNG"), "JPEG") is Trouble.PICTURE
