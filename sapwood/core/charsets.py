"""Bytes from elsewhere as text: by the name they came with, but only names of real alphabets.

Some of Python's codecs are traps for whoever decodes what a stranger sent: `punycode` takes the
square of the length in time, `unicode_escape` makes letters that no database keeps.
"""

import codecs

ALPHABETS = frozenset(
    """utf-8 utf-8-sig utf-16 utf-16-le utf-16-be ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15
    iso8859-16 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 koi8-r
    koi8-u mac-roman mac-cyrillic gb2312 gbk gb18030 big5 big5hkscs euc_jp shift_jis cp932
    iso2022_jp euc_kr cp949""".split()
)
WESTERN = {"ascii", "iso8859-1"}  # what browsers read as Windows' own western alphabet


def known(name: str) -> str:
    """The name by which Python decodes that alphabet, or nothing when it is none."""
    try:
        found = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""
    if found not in ALPHABETS:
        return ""
    return "cp1252" if found in WESTERN else found


def decode(data: bytes, name: str = "") -> str:
    """`data` as text; what cannot be read is marked. Without a name: UTF-8, else western."""
    if alphabet := known(name):
        return data.decode(alphabet, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252" if not name else "utf-8", errors="replace")
