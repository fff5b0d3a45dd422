"""From SVG to the files people print and send: PDF and PNG.

Pictures never load anything: an address inside the SVG is refused, not fetched.
"""

from base64 import b64encode
from io import BytesIO
from typing import Any

from sapwood.ledger.rings.fonts import faces

A3 = (297.0, 420.0)
SQUARE = (297.0, 297.0)
FALLBACK_PIXELS = 2970  # width of the raster page where no PDF engine can be loaded


def png(svg: str, width: int) -> bytes:
    """PNG bytes, `width` pixels wide, on the picture's own paper.

    Where `faces()` finds nothing to write with it has no words.
    """
    from resvg_py import svg_to_bytes

    serif, sans = faces() or (None, None)
    drawn = svg_to_bytes(
        svg_string=svg, width=width, dpi=96, serif_family=serif, sans_serif_family=sans
    )
    return bytes(drawn)


def pdf(svg: str, size: tuple[float, float] = A3) -> bytes:
    """A one-page PDF of `size` millimetres, drawn as vectors.

    Where the system lacks the text engine that the PDF writer needs, the page holds a raster.
    """
    try:
        from weasyprint import HTML
    except OSError:
        return raster_pdf(svg, size)
    wide, high = size
    source = b64encode(svg.encode()).decode()
    page = (
        f"<style>@page{{size:{wide}mm {high}mm;margin:0}}"
        f"body{{margin:0}}img{{display:block;width:{wide}mm;height:{high}mm}}</style>"
        f'<img src="data:image/svg+xml;base64,{source}">'
    )
    return bytes(HTML(string=page, url_fetcher=_only_data()).write_pdf())


def raster_pdf(svg: str, size: tuple[float, float] = A3) -> bytes:
    """The same page as one picture, about 250 dots an inch on A3."""
    from PIL import Image

    out = BytesIO()
    picture = Image.open(BytesIO(png(svg, FALLBACK_PIXELS))).convert("RGB")
    dots = picture.width / (size[0] / 25.4)
    picture.save(out, "PDF", resolution=dots, quality=92)
    return out.getvalue()


def _only_data() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"})
