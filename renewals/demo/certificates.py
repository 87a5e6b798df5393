"""Certificates of the demo people: pictures that are plainly made up, and files like any other."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from activities.amounts import written_amount
from activities.evidence import Checked, examine
from activities.models import Activity
from certifications.rules.dates import written

_SIZE = (880, 600)
_PAPER, _INK, _LINE = "#FBFAF5", "#1A2330", "#0B5CAD"


def certificate(activity: Activity, holder: str) -> Checked:
    """The proof somebody would have of an activity: whose it is, what, when, and how much."""
    heading = "Letter of the employer" if activity.since else "Certificate of attendance"
    when = f"{written(activity.since)} to {written(activity.on)}" if activity.since else written(activity.on)
    picture = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((24, 24, _SIZE[0] - 24, _SIZE[1] - 24), outline=_LINE, width=4)
    lines = (
        (90, 40, heading), (200, 26, "for"), (245, 44, holder), (325, 30, activity.title),
        (385, 26, f"{when}, {written_amount(activity.amount, activity.unit)}"), (435, 26, activity.provider),
        (520, 22, "Made up for the demo"),
    )  # fmt: skip
    for top, size, text in lines:
        font = ImageFont.load_default(size)
        draw.text((_SIZE[0] / 2, top), text, _INK, font, anchor="mt")
    file = BytesIO()
    picture.save(file, "PNG")
    return examine(file, name="certificate.png", size=file.getbuffer().nbytes)
