"""Two people's changes put together: alone they go in, together somebody chooses."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sapwood.media.markup import plain
from sapwood.spaces.notes.blocks import cut
from sapwood.spaces.notes.merging import merge, merge_line

PUMP = "Follow the pump schedule before you follow your ears"
BASE = f"<p>first</p><ol><li>Ticking</li><li>{PUMP}.</li></ol><p>last</p>"


def text(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def settled(merging, side="theirs"):
    return merging.settled(lambda _number, clash: getattr(clash, side))


def test_changes_in_different_blocks_go_in_by_themselves():
    mine = BASE.replace("first", "first of mine")
    theirs = BASE.replace("last", "last of theirs")
    merging = merge(BASE, mine, theirs)
    assert not merging.clashes
    assert (merging.mine_alone, merging.theirs_alone) == (1, 1)
    assert settled(merging) == mine.replace("last", "last of theirs")


def test_neighbouring_blocks_are_different_blocks():
    mine, theirs = text("a", "b of mine", "c", "d"), text("a", "b", "c of theirs", "d")
    merging = merge(text("a", "b", "c", "d"), mine, theirs)
    assert settled(merging) == text("a", "b of mine", "c of theirs", "d")
    assert not merging.clashes


def test_the_same_block_changed_by_both_is_a_clash_with_a_line_for_both():
    mine = BASE.replace("ears.", "ears, and write down which one you believed.")
    theirs = BASE.replace("ears.", "ears. <em>If</em> it stays up, believe the logger.")
    theirs = theirs.replace("first", "first of theirs")
    merging = merge(BASE, mine, theirs)
    [clash] = merging.clashes
    assert clash.line == 3
    assert clash.both == (
        f"<ol><li>{PUMP}, and write down which one you believed. "
        "<em>If</em> it stays up, believe the logger.</li></ol>"
    )
    assert settled(merging) == theirs
    assert settled(merging, "mine") == mine.replace("first", "first of theirs")
    assert settled(merging, "base") == BASE.replace("first", "first of theirs")


def test_the_words_of_both_stand_one_space_apart():
    [clash] = merge("<p>Look at it</p>", "<p>Look hard at it</p>", "<p>Look long at it</p>").clashes
    assert "hard" in clash.both
    assert "long" in clash.both
    assert "  " not in clash.both


def test_the_same_change_twice_is_one_change():
    mine = BASE.replace("last", "new")
    merging = merge(BASE, mine, mine)
    assert (settled(merging), merging.clashes) == (mine, [])


def test_what_one_took_away_and_the_other_reworded_is_a_clash():
    mine, theirs = text("a", "c"), text("a", "the second line reworded", "c")
    merging = merge(text("a", "the second line", "c"), mine, theirs)
    [clash] = merging.clashes
    assert (clash.mine, clash.both) == ((), text("the second line reworded"))
    assert settled(merging, "mine") == mine


def test_new_blocks_at_one_place_both_stay_unless_they_say_the_same():
    base = text("a", "b")
    merging = merge(base, text("a", "from me", "b"), text("a", "their own", "b"))
    assert settled(merging) == text("a", "their own", "from me", "b")
    assert (merging.mine_alone, merging.theirs_alone) == (1, 1)
    again = merge(base, text("a", "from me alone", "b"), text("a", "from me", "b"))
    assert len(again.clashes) == 1


def test_a_stretch_rewritten_by_both_is_a_clash_and_holds_all_of_both():
    mine, theirs = text("a", "p q", "r s", "z"), text("a", "t u", "v w", "x y", "z")
    merging = merge(text("a", "one two", "z"), mine, theirs)
    assert len(merging.clashes) == 1
    both = merging.settled(lambda _number, clash: cut(clash.both))
    assert set(plain(both).split()) == set("a p q r s t u v w x y z".split())


def test_a_new_line_in_a_list_stays_in_its_list():
    mine = BASE.replace("<li>Ticking</li>", "<li>Ticking</li><li>Hiss</li>")
    merging = merge(BASE, mine, BASE.replace("Ticking", "Ticking, slowly"))
    assert settled(merging) == mine.replace("Ticking", "Ticking, slowly")


def test_titles_merge_too():
    assert merge_line("a", "b", "a") == "b"
    assert merge_line("a", "a", "c") == "c"
    assert merge_line("a", "b", "b") == "b"
    assert merge_line("a", "b", "c") is None


def test_a_text_made_to_be_slow_is_not():
    began = time.monotonic()
    same = "<p>a</p>" * 25_000
    merging = merge(same, same.replace("a", "b", 12_000), same[: 25_000 * 4])
    assert merging.parts
    words = "<p>" + "a " * 90_000 + "</p>"
    clash = merge(words, words.replace("a", "b", 40_000), words.replace("a", "c", 30_000))
    assert clash.clashes[0].both
    assert time.monotonic() - began < 20


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
lines = st.lists(st.sampled_from(["a", "b", "c d", "c e", "c d f", "g"]), max_size=6)


@settings(calm, max_examples=300)
@given(lines, lines, lines)
def test_no_new_word_of_either_is_ever_lost(base, mine, theirs):
    """With "both" chosen in every clash, every word that was not in the base is there."""
    merging = merge(text(*base), text(*mine), text(*theirs))
    both = plain(merging.settled(lambda _number, clash: cut(clash.both))).split()
    new = set(" ".join([*mine, *theirs]).split()) - set(" ".join(base).split())
    assert new <= set(both)
    for side, own in (("mine", mine), ("theirs", theirs)):
        chosen = plain(settled(merging, side)).split()
        assert (set(" ".join(own).split()) - set(" ".join(base).split())) <= set(chosen)


@settings(calm)
@given(lines, lines)
def test_who_writes_alone_gets_what_they_wrote(base, mine):
    one, other = text(*base), text(*mine)
    assert settled(merge(one, other, one)) == other
    assert settled(merge(one, one, other)) == other
