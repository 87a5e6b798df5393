"""Files as people send them, and as they should not."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

SECRET_PLACE = "Somewhere secret"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", colour: Any = None, **more: Any
) -> bytes:
    """A picture; JPEG and PNG carry a comment that must not survive."""
    image = Image.new(mode, size, colour if colour is not None else 0)
    if mode == "RGB":
        image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1]))
    target = io.BytesIO()
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010E] = SECRET_PLACE
        exif[0x0112] = more.pop("orientation", 1)
        image.save(target, kind, exif=exif, comment=SECRET_PLACE.encode(), **more)
    elif kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET_PLACE)
        image.save(target, kind, pnginfo=info, **more)
    elif kind == "HEIF":
        pillow_heif.from_pillow(image).save(target, quality=50)
    else:
        image.save(target, kind, **more)
    return target.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it has a great many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def pdf(change: Any = None, password: str = "", pages: int = 1) -> bytes:
    """A PDF with empty pages; `change` may put something into it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def runs_script(writer: PdfWriter) -> None:
    """A document that runs a script when it opens."""
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("go()")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


def launches(writer: PdfWriter) -> None:
    """A page that starts a program when it opens."""
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def carries_a_file(writer: PdfWriter) -> None:
    writer.add_attachment("payload.exe", b"MZ")


def has_rich_media(writer: PdfWriter) -> None:
    media = DictionaryObject(
        {NameObject("/Subtype"): NameObject("/RichMedia"), NameObject("/RichMediaContent"): DictionaryObject()}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(media)])


def photo(name: str = "card.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    """A picture as a browser sends it; `data` makes it something else under that name."""
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")
