"""Languages in what people wrote about themselves: "English, some Português" → en, pt."""

from functools import lru_cache

from babel import Locale
from babel.localedata import exists
from django.utils.translation import get_language

from sapwood.people.folding import fold

CODES = (
    "af am ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id ig it ja "
    "ka kea ko lt lv mk ml mr nb ne nl pa pl pt ro ru si sk sl so sq sr sv sw ta te th tl tr tw "
    "uk umb ur vi yo zh zu"
).split()
ALSO = {"mandarin": "zh", "mandarim": "zh", "cantonese": "zh", "crioulo": "kea", "creole": "kea",
        "kriolu": "kea", "tagalog": "tl", "flemish": "nl", "castelhano": "es",
        "gaelic": "ga"}  # fmt: skip
READERS = {"pt": "pt_PT"}  # Babel's plain "pt" is Brazilian


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded name, in English, Portuguese and itself → code."""
    found = dict(ALSO)
    for reader in ("pt", "pt_PT", "en"):
        known = Locale.parse(reader).languages
        found.update({fold(known[code]): code for code in CODES if code in known})
    for code in CODES:
        if exists(code) and (own := Locale.parse(code).language_name):
            found[fold(own)] = code
    return found


def tongues(speaks: str) -> str:
    """Codes as searches compare them: ",en,pt,"; empty when no language is named."""
    if not speaks:
        return ""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(speaks))
    words = f" {' '.join(plain.split())} "
    codes = sorted({code for name, code in _names().items() if f" {name} " in words})
    return f",{','.join(codes)}," if codes else ""


def tongue_name(code: str) -> str:
    """The language in the reader's own: "pt" → "Portuguese"; empty for an unknown code."""
    if code not in CODES:
        return ""
    asked = get_language() or "en"
    reader = Locale.parse(READERS.get(asked, asked).replace("-", "_"))
    return str(reader.languages.get(code, ""))
