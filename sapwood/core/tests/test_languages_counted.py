"""How complete each language is, said where people can read it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from sapwood.core.catalogues import counts, dump, po_file, read
from sapwood.core.languages import Spoken, spoken


def test_the_offered_languages_are_counted() -> None:
    english, portuguese = spoken()[:2]
    assert (english.name, english.percent) == ("English", 100)
    assert portuguese.name == "Português"
    assert portuguese.translated > 1000


def test_what_is_missing_or_doubtful_is_not_translated(tmp_path: Path) -> None:
    path = po_file(tmp_path, "pt")
    path.parent.mkdir(parents=True)
    catalogue = read(path, "pt")
    catalogue.add("Moss", "Musgo")
    catalogue.add("Bark", "")
    catalogue.add(("%(n)s leaf", "%(n)s leaves"), ("%(n)s folha", ""))
    catalogue.add("Root", "Raiz", flags=["fuzzy"])
    path.write_bytes(dump(catalogue))
    assert counts(tmp_path, "pt") == (4, 1)
    assert counts(tmp_path, "fr") == (0, 0)


def test_nearly_all_is_not_all() -> None:
    assert Spoken("fr", "Français", 1000, 999).percent == 99
    assert Spoken("fr", "Français", 0, 0).percent == 0


@pytest.mark.django_db
def test_the_figures_stand_on_the_pages(cast: SimpleNamespace, client_of) -> None:
    line = f"Português: {spoken()[1].percent} % of {spoken()[1].texts} texts"
    assert line in Client().get("/accessibility/").content.decode()
    assert line in client_of(cast.clara).get("/design/").content.decode()
