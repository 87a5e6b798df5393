"""Pictures are drawn anew: what comes out is pixels and nothing else, no place, no device, no hidden page."""

from __future__ import annotations

import io
import warnings
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from .problems import MOST_PIXELS, BadEvidence, Trouble

LONGEST_SIDE = 2400
# Our own limit is asked before anything is decoded; Pillow's stays as the second lock.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
register_heif_opener(thumbnails=False)


def redrawn(file: IO[bytes], kind: str) -> tuple[bytes, str]:
    """The picture in `file`, upright, without metadata, at most 2,400 pixels a side; and its media type.

    `kind` is what the first bytes say: JPEG, PNG, WEBP or HEIF. Raises BadEvidence.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=(kind,))
        if picture.width * picture.height > MOST_PIXELS:
            raise BadEvidence(Trouble.PIXELS)
        return _saved(_small(picture), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadEvidence(Trouble.PIXELS) from None
    except BadEvidence:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, RuntimeError):
        # What decoders of damaged pictures raise; the picture is at fault, not we.
        raise BadEvidence(Trouble.PICTURE) from None


def _small(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "1", "PA"):
        # Shrinking a palette mixes no colours and makes small print unreadable.
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("RGB", "L"):
        return turned
    whole = turned.convert("RGBA")
    paper = Image.new("RGB", whole.size, "white")
    paper.paste(whole, mask=whole.getchannel("A"))
    return paper


def _saved(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    # A new picture carries nothing over from the old one: comments and profiles live beside the pixels.
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    target = io.BytesIO()
    if kind == "PNG":
        fresh.save(target, "PNG", optimize=False)
        return target.getvalue(), "image/png"
    fresh.save(target, "JPEG", quality=85, optimize=True)
    return target.getvalue(), "image/jpeg"
