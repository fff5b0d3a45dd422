"""Pictures that leave the product: standalone SVG, poster, PNG and PDF."""

import re
from datetime import date
from io import BytesIO
from math import cos, radians, sin
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from sapwood import core
from sapwood.ledger.rings import RingMoment, full, small, standalone
from sapwood.ledger.rings.colours import THEMES
from sapwood.ledger.rings.convert import SQUARE, pdf, png, raster_pdf
from sapwood.ledger.rings.fonts import drawable, faces
from sapwood.ledger.rings.lettering import lines, width
from sapwood.ledger.rings.poster import Words, poster
from sapwood.ledger.rings.reading import letter

MOMENTS = [
    RingMoment(date(2026, month, 1 + 3 * ring), ring, "informal", ring == 3, False, knot)
    for month in range(1, 9)
    for ring, knot in enumerate(("", "", "", "A day & a half" if month == 5 else ""))
]
PICTURE = full(MOMENTS, 2026, "seed", date(2026, 9, 1), "Ana’s rings", "A year & a day")
WORDS = Words(
    title="A year, mostly outside the classroom",
    name="Ana <Reis>",
    period="2026",
    rings=["Formal training", "Resources and challenges", "With other people", "Daily work"],
    knots=[("a", "A day & a half")],
    story="January was quiet. " * 12,
    privacy="Only Ana can see these rings.",
)


def pixel(image: bytes, x: int, y: int) -> str:
    red, green, blue = Image.open(BytesIO(image)).convert("RGB").getpixel((x, y))
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_standalone_carries_its_colours(theme):
    svg = standalone(PICTURE, theme)
    assert fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in svg
    drawn = png(svg, 500)
    assert Image.open(BytesIO(drawn)).size == (500, 500)
    assert pixel(drawn, 2, 2) == THEMES[theme]["paper"]
    bands = {
        pixel(png(standalone(small(MOMENTS, 2026, "s"), theme), 400), 200, y) for y in range(200)
    }
    assert {THEMES[theme][f"ring-{k}"] for k in range(4)} <= bands


@pytest.mark.parametrize(
    "words", [WORDS, Words("2026", "Ana", "2026", WORDS.rings)], ids=["full", "bare"]
)
def test_poster_is_a3_and_well_formed(words):
    svg = poster(PICTURE, words)
    root = fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("297mm", "420mm")
    drawn = Image.open(BytesIO(png(svg, 297)))
    assert drawn.size == (297, 420)


def test_poster_says_what_it_was_given_and_escapes_it():
    svg = poster(PICTURE, WORDS)
    said = " ".join(fromstring(svg).itertext())
    for words in ("Ana <Reis>, 2026", "A day & a half", "Only Ana can see", "With other people"):
        assert words in said
    assert svg.count('class="eye"') == 1


@pytest.mark.parametrize("count", [0, 8, 9, 24, 60])
def test_many_knots_stay_on_the_page(count):
    knots = [(letter(i), "A named moment of the year " * 8) for i in range(count)]
    words = Words("T " * 200, "Ana", "2026", WORDS.rings, knots, "Word " * 400, "Only Ana")
    tall = [
        float(y)
        for y in re.findall(r'<text class="[^"]*" x="[^"]*" y="(-?\d+)"', poster(PICTURE, words))
    ]
    assert max(tall) < 4200
    assert float(re.search(r"scale\(([\d.]+)\)\"><g class=\"ring", poster(PICTURE, words))[1]) > 1.6


def test_pdf_is_one_vector_page_of_the_size_asked_for():
    for size in (SQUARE, (297.0, 420.0)):
        file = pdf(standalone(PICTURE), size)
        assert file.startswith(b"%PDF-")
        assert b"/Subtype /Image" not in file


def ink(image: bytes, left: float, top: float, right: float, bottom: float) -> int:
    """Dark pixels within these parts of the poster's width and height."""
    page = Image.open(BytesIO(image)).convert("L")
    box = (left * page.width, top * page.height, right * page.width, bottom * page.height)
    return sum(page.crop(tuple(map(round, box))).histogram()[:110])


def test_the_png_has_its_words():
    assert faces(), "this machine has no typeface at all"
    full_poster = png(poster(PICTURE, WORDS), 600)
    assert ink(full_poster, 0.05, 0.03, 0.9, 0.16) > 500  # the title
    assert ink(full_poster, 0.06, 0.83, 0.5, 0.94) > 300  # the story
    assert ink(full_poster, 0.06, 0.95, 0.5, 0.965) > 5  # the name, in whatever typeface there is
    bare = png(poster(PICTURE, Words(" ", "Ana", "2026", WORDS.rings)), 600)
    assert ink(bare, 0.05, 0.03, 0.9, 0.07) == 0


def test_months_numbers_and_letters_stand_on_the_picture():
    with_words = png(standalone(PICTURE), 500)
    without = png(re.sub(r"<text.*?</text>", "", standalone(PICTURE)), 500)
    assert with_words != without
    assert ink(with_words, 0.6, 0.03, 0.65, 0.07) > 5  # J of January, right of the top
    assert ink(without, 0.6, 0.03, 0.65, 0.07) == 0


def test_a_raster_page_has_its_words_too():
    words, none = (
        raster_pdf(poster(PICTURE, WORDS)),
        raster_pdf(re.sub(r"<text.*?</text>", "", poster(PICTURE, WORDS))),
    )
    assert len(words) > len(none) * 1.05


def test_only_families_that_draw_are_found():
    found = faces()
    assert found
    assert drawable(("No Such Family", found.serif, found.sans)) == {found.serif, found.sans}
    assert drawable(("No Such Family",)) == set()


def test_a_system_without_the_text_engine_still_gets_a_page():
    assert raster_pdf(poster(PICTURE, WORDS)).startswith(b"%PDF-")


def test_a_picture_never_fetches_anything(recwarn):
    evil = standalone(PICTURE).replace("</svg>", '<image href="http://127.0.0.1:9/x.png"/></svg>')
    assert pdf(evil).startswith(b"%PDF-")
    assert png(evil, 100).startswith(b"\x89PNG")


def test_lines_fit_their_room():
    text = "The night handover taught me what the rota cannot say"
    assert all(width(line) <= 9 for line in lines(text, 9))
    assert " ".join(lines(text, 9)) == text
    assert lines(text, 9, at_most=2)[-1].endswith("…")
    assert lines("Uninterruptedlylongword", 5)[0].endswith("…")


def test_colours_are_those_of_the_tokens():
    css = (Path(core.__file__).parent / "css" / "tokens.css").read_text(encoding="utf-8")
    for i, theme in enumerate(("light", "dark")):
        for name, colour in THEMES[theme].items():
            found = re.search(rf"--{name}:\s*([^;]+);", css)[1]
            values = re.findall(r"oklch\(([^)]+)\)", found)
            expected = srgb(*map(float, values[min(i, len(values) - 1)].split()))
            got = [int(colour[j : j + 2], 16) for j in (1, 3, 5)]
            assert max(abs(a - b) for a, b in zip(got, expected, strict=True)) <= 1, (theme, name)


def srgb(lightness: float, chroma: float, hue: float) -> list[float]:
    """OKLCH to 8-bit sRGB (Ottosson's matrices)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    cone_l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    cone_m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    cone_s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * cone_l - 3.3077115913 * cone_m + 0.2309699292 * cone_s,
        -1.2684380046 * cone_l + 2.6097574011 * cone_m - 0.3413193965 * cone_s,
        -0.0041960863 * cone_l - 0.7034186147 * cone_m + 1.7076147010 * cone_s,
    )
    curved = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear]
    return [255 * min(1, max(0, c)) for c in curved]
