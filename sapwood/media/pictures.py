"""Pictures drawn anew: turned upright, without metadata, no larger than a page needs."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

WIDEST = 2000
SMALL = 640
MOST_PIXELS = 40_000_000
MOST_RATIO = 12  # a strip longer than this is no picture
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


class NotAPicture(ValueError):
    """It cannot be read, or it is too large or too thin."""


@dataclass(frozen=True)
class Drawn:
    """A picture as WebP in both sizes; `small` is empty when the first is small already."""

    data: bytes
    width: int
    height: int
    small: bytes


def _as_webp(image: Image.Image, widest: int) -> tuple[bytes, int, int]:
    copy = image.copy()
    copy.thumbnail((widest, widest), Image.Resampling.LANCZOS)
    out = BytesIO()
    copy.save(out, "WEBP", quality=82, method=4)
    return out.getvalue(), copy.width, copy.height


def redraw(data: bytes, *, widest: int = WIDEST) -> Drawn:
    """The picture in `data` drawn anew, no wider or higher than `widest`. Raises NotAPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS:
                    raise NotAPicture("pixels")
                if max(width, height) > MOST_RATIO * min(width, height):
                    raise NotAPicture("ratio")
                upright = ImageOps.exif_transpose(opened)
                clear = "A" in upright.getbands() or "transparency" in upright.info
                image = upright.convert("RGBA" if clear else "RGB")
    except NotAPicture:
        raise
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError,
        Image.DecompressionBombError, Image.DecompressionBombWarning,
    ) as problem:  # fmt: skip
        raise NotAPicture("unreadable") from problem
    image.info.clear()
    large, width, height = _as_webp(image, widest)
    small = _as_webp(image, SMALL)[0] if min(widest, max(width, height)) > SMALL else b""
    return Drawn(large, width, height, small)
