"""The tokens of the rings picture as fixed sRGB, for files that leave the product.

Copies of the custom properties in core/css/tokens.css: change them together (a test compares).
"""

LIGHT = {
    "paper": "#faf5ed",
    "ink": "#271b14",
    "ink-2": "#52453b",
    "rule-2": "#85786b",
    "bark": "#423128",
    "ring-0": "#6c362a",
    "ring-1": "#f0b43f",
    "ring-2": "#ef704e",
    "ring-3": "#1e6f59",
    "ring-0t": "#fefaf3",
    "ring-1t": "#27190e",
    "ring-2t": "#250f07",
    "ring-3t": "#fafcf4",
}
DARK = LIGHT | {
    "paper": "#18130e",
    "ink": "#f1ece3",
    "ink-2": "#c4bdb1",
    "rule-2": "#82796e",
    "bark": "#6b594e",
    "ring-0": "#915543",
    "ring-1": "#f0bb52",
    "ring-2": "#f38766",
    "ring-3": "#267c67",
}
THEMES = {"light": LIGHT, "dark": DARK}

SERIF = "'Source Serif 4','Iowan Old Style','Palatino Linotype',P052,Georgia,serif"
SANS = "Inter,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"

_RULES = (
    ".paper{fill:%(paper)s}",
    ".band{stroke:%(paper)s;stroke-width:5}.is-small .band{stroke-width:22}",
    ".b0{fill:%(ring-0)s}.b1{fill:%(ring-1)s}.b2{fill:%(ring-2)s}.b3{fill:%(ring-3)s}",
    ".grain,.edge,.bark{fill:none;stroke:%(bark)s}",
    ".grain{stroke-opacity:.26;stroke-width:1.6}.edge{stroke-opacity:.8;stroke-width:2.4}",
    ".bark{stroke-width:7}",
    ".mark.m0{fill:%(ring-0t)s}.mark.m1,.mark.m2{fill:%(ring-1t)s}.mark.m3{fill:%(ring-3t)s}",
    ".mark.informal{fill-opacity:0;stroke-width:2.6}.mark.m0.informal{stroke:%(ring-0t)s}",
    ".mark.m1.informal,.mark.m2.informal{stroke:%(ring-1t)s}",
    ".mark.m3.informal{stroke:%(ring-3t)s}",
    ".unwritten{fill:%(paper)s;fill-opacity:.8}",
    ".today{fill:none;stroke:%(ink)s;stroke-width:3}.today-dot{fill:%(ink)s}",
    ".tick{fill:none;stroke:%(rule-2)s;stroke-width:2}",
    ".month,.knot text,.no text{font-family:" + SANS + ";text-anchor:middle}",
    ".month{fill:%(ink-2)s;font-size:24px;font-weight:600}",
    ".knot .halo{fill:none;stroke:%(bark)s;stroke-width:2;stroke-opacity:.5}",
    ".knot .eye{fill:%(paper)s;stroke:%(ink)s;stroke-width:3}",
    ".knot text{fill:%(ink)s;font-size:25px;font-weight:700}",
    ".no circle{stroke:%(paper)s;stroke-width:3}.no text{font-size:22px;font-weight:700}",
    ".no.r0 circle{fill:%(ring-0)s}.no.r0 text{fill:%(ring-0t)s}",
    ".no.r1 circle{fill:%(ring-1)s}.no.r1 text{fill:%(ring-1t)s}",
    ".no.r2 circle{fill:%(ring-2)s}.no.r2 text{fill:%(ring-2t)s}",
    ".no.r3 circle{fill:%(ring-3)s}.no.r3 text{fill:%(ring-3t)s}",
)


def stylesheet(theme: str = "light") -> str:
    """CSS without custom properties, readable by viewers outside a browser."""
    return "".join(_RULES) % THEMES[theme]
