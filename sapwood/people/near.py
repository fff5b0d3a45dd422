"""Words in a near form: without accents, case or plural, alike for English and Portuguese.

Not a stem that anybody reads: both sides of a comparison go through `near`, so it only has to send
"handover" and "handovers", "válvula" and "válvulas", "pressão" and "pressões" to one place each.
"""

import re

from sapwood.people.folding import fold

WORD = re.compile(r"[^\W_]+")
SHORT = 3
# Words that tell nothing about the matter of a question.
SILENT = frozenset(
    """
    a about after all also am an and any anyone are as ask at be because been before best but by can
    could did do does doing done each for from get getting give good had has have having help her
    him his how i if in into is it its just keep know like make making many me more most much my
    need new no not of off old on one only or other our out over people please see should so some
    someone such taking take than that the their them then there they thing things this time to too
    try up us use used using very want was way we well were what when where which who why will with
    without work working would you your
    ao aos as agora alguem alguma algum algo ainda antes ate cada coisa coisas com como da das de
    dela dele deles depois desde do dos e ela ele eles em entre era essa esse esta este eu fazer foi
    ha isso isto ja la lhe mais mas melhor meu minha muito muita na nao nas nem no nos nossa nosso
    novo num numa o os ou para pela pelo pessoa pessoas por porque posso preciso qual quando que
    quem quero saber se sem ser seu sobre sua tambem tem tenho ter teu toda todo todos trabalho tu
    um uma usar vez voce
    """.split()
)
NASAL = (re.compile(r"(?:oe|ao)$"), "o")  # pressoe(s), pressao; shoe
_ENDS = (
    (re.compile(r"([aeou])is$"), r"\1l"),  # canais → canal, papeis → papel
    (re.compile(r"(?<=[^aeiou])is$"), "el"),  # perfis → perfil
    (re.compile(r"il$"), "el"),  # facil, faceis
    (re.compile(r"ns$"), "ms"),  # homens → homem
    (re.compile(r"(?<=[^su])s$"), ""),  # one plural s; process and virus keep theirs
    NASAL,
    (re.compile(r"e$"), ""),  # flore(s) → flor, processe(s) → process
    (re.compile(r"y$"), "i"),  # battery, batterie(s)
    (re.compile(r"m$"), "n"),  # homem, plan(s)
)


def near(word: str) -> str:
    """The near form of one word; of three letters and less only "mão" changes, for "mãos"."""
    form = fold(word)
    for end, instead in _ENDS if len(form) > SHORT else (NASAL,):
        form = end.sub(instead, form)
    return form


def near_words(text: str) -> list[str]:
    """The near form of every word, in order."""
    return [near(word) for word in WORD.findall(fold(text))]


def telling_words(text: str) -> set[str]:
    """Near forms of the words that say what a text is about."""
    words = WORD.findall(fold(text))
    return {near(word) for word in words if len(word) >= SHORT and word not in SILENT}
