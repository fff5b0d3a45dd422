"""An inbox with every type of thing that notices are about, still in twelve queries."""

from uuid import uuid4

from django.urls import reverse

from sapwood.conversations.models import Thanks
from sapwood.conversations.moderating.deciding import report
from sapwood.conversations.posting import open_thread
from sapwood.notify.abouts import abouts
from sapwood.notify.models import Notice
from sapwood.notify.telling import tell
from sapwood.spaces.joining import ask
from sapwood.spaces.telling import tell_asked


def test_all_types_in_twelve_queries(
    cast, make_space, now, client_of, django_assert_max_num_queries
):
    space = make_space("request", cast.bruno)
    thread = open_thread(cast.bruno, space.audience, key=uuid4(), text="Still hissing.", now=now)
    case = report(thread.messages.get(), cast.ana, why="hurts", words="", now=now)
    thanks = Thanks.objects.create(giver=cast.bruno, receiver=cast.ana, text="For the map.")
    tell_asked(ask(space, cast.dinis, words="Please", now=now))
    things = {
        "thread": ("mention", thread.pk),
        "audience": ("call", space.audience_id),
        "thanks": ("thanks", thanks.pk),
        "case": ("review", case.pk),
        "group": ("group_added", space.pk),
    }
    for name, (kind, pk) in things.items():
        tell([cast.ana.pk], kind=kind, about=(name, pk), key=name, actor=cast.bruno, url="/")
    assert {*things, "requests"} == {name for name in abouts() if name != "reply"}
    assert Notice.objects.filter(person=cast.ana).count() == len(things) + 1
    browser = client_of(cast.ana)
    browser.get(reverse("inbox"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("inbox")).content.decode()
    assert page.count('<article class="notice') == len(things) + 1
