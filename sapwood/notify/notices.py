"""What conversations tell people: being named, answers, thanks, new threads, what still holds."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sapwood.notify import conversations
from sapwood.notify.abouts import about
from sapwood.notify.caring import Cases
from sapwood.notify.crowds import tale
from sapwood.notify.kinds import NoticeKind, notice_kind
from sapwood.notify.models.notice import Notice
from sapwood.notify.naming import who
from sapwood.notify.threads import Groups, PrivateThanks, Threads

about("thread", Threads())
about("audience", Groups())
about("thanks", PrivateThanks())
for teller in (
    conversations.call,
    conversations.new_thread,
    conversations.followed_person,
    conversations.followed_group,
    conversations.followed_thread,
):
    tale(teller.__name__)(teller)
MUTE = gettext_lazy("Mute this thread")
FEWER = gettext_lazy("No more like this")


def _named(notice: Notice) -> str:
    return _("%(who)s named you in “%(title)s”") % _bits(notice)


def _called(notice: Notice) -> str:
    return _("%(who)s called your whole group in “%(title)s”") % _bits(notice)


def _answered(notice: Notice) -> str:
    words = ngettext(
        "%(who)s answered in “%(title)s”", "%(who)s answered in “%(title)s”", notice.actors_count
    )
    return words % _bits(notice)


def _accepted(notice: Notice) -> str:
    return _("%(who)s says that your answer worked: “%(title)s”") % _bits(notice)


def _opened(notice: Notice) -> str:
    return _("%(who)s began “%(title)s”") % _bits(notice)


def _useful(notice: Notice) -> str:
    words = ngettext(
        "%(who)s found your words in “%(title)s” useful",
        "%(who)s found your words in “%(title)s” useful",
        notice.actors_count,
    )
    return words % _bits(notice, names=2)


def _outdated(notice: Notice) -> str:
    return _("%(who)s thinks that what you wrote in “%(title)s” is out of date") % _bits(notice)


def _unclear(notice: Notice) -> str:
    return _("%(who)s has a question about what you wrote in “%(title)s”") % _bits(notice)


def _thanked(notice: Notice) -> str:
    return _("%(who)s thanked you") % _bits(notice)


def _still_true(notice: Notice) -> str:
    return _("Your answer to “%(title)s” is a year old. Is it still true?") % _bits(notice)


def _read_answers(notice: Notice) -> str:
    return ngettext("Read the answer", "Read %(n)s answers", notice.count) % {"n": notice.count}


def _bits(notice: Notice, names: int = 1) -> dict[str, str]:
    return {"who": who(notice, names), "title": notice.title or _("words that are gone")}


notice_kind(
    NoticeKind(
        "mention", "you", gettext_lazy("Someone names you"), _named,
        {"": gettext_lazy("You get this because you are named there.")},
        MUTE, family="talk", weight=3, reaches_muted=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "call", "you", gettext_lazy("Someone calls your whole group"), _called,
        {"": gettext_lazy("You get this because you belong to the group that was called.")},
        MUTE, family="talk", weight=2,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "answer", "you", gettext_lazy("Answers in your threads"), _answered,
        {
            "": gettext_lazy("You get this because you wrote in this thread."),
            "asked": gettext_lazy("You get this because you asked it."),
            "opened": gettext_lazy("You get this because you opened this thread."),
            "follows": gettext_lazy("You get this because you follow this thread."),
        },
        MUTE, read=_read_answers, family="talk", weight=1,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "accepted", "you", gettext_lazy("Your answer worked"), _accepted,
        {"": gettext_lazy("You get this because you wrote the answer.")}, MUTE,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "outdated", "you", gettext_lazy("Someone thinks your words are out of date"), _outdated,
        {"": gettext_lazy("You get this because you wrote it.")}, MUTE,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "unclear", "you", gettext_lazy("Someone has a question about your words"), _unclear,
        {"": gettext_lazy("You get this because you wrote it.")}, MUTE,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "still_true", "you", gettext_lazy("Whether your answer still holds"), _still_true,
        {"": gettext_lazy("You get this because you wrote the accepted answer.")},
        gettext_lazy("Not mine any more"),
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "useful", "thanks", gettext_lazy("Who found your words useful"), _useful,
        {"": gettext_lazy("You get this because you wrote it.")},
        FEWER, stops_kind=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "thanks", "thanks", gettext_lazy("Private thanks"), _thanked,
        {"": gettext_lazy("You get this because it is for you alone.")},
        FEWER, stops_kind=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "new_thread", "groups", gettext_lazy("New posts in your groups"), _opened,
        {"": gettext_lazy("You get this because you belong to the group.")},
        MUTE, family="new",
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "followed", "follows", gettext_lazy("New posts where you follow"), _opened,
        {
            "": gettext_lazy("You get this because you follow the group."),
            "person": gettext_lazy("You get this because you follow who wrote it."),
        },
        MUTE, family="new",
    )
)  # fmt: skip


def _waits(notice: Notice) -> str:
    return _("Somebody asks you to look at words in %(title)s") % _bits(notice)


def _hidden(notice: Notice) -> str:
    return _("Your words in “%(title)s” were hidden from others") % _bits(notice)


def _shown(notice: Notice) -> str:
    return _("Your words in “%(title)s” can be read by others") % _bits(notice)


def _might_know(notice: Notice) -> str:
    return _("You might know: “%(title)s”") % _bits(notice)


about("case", Cases())
notice_kind(
    NoticeKind(
        "review", "care", gettext_lazy("Words to look at"), _waits,
        {"": gettext_lazy("You get this because you look after the group.")},
        gettext_lazy("Nothing more about reports"), stops_kind=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "decided", "care", gettext_lazy("Your words were hidden"), _hidden,
        {"": gettext_lazy("You get this because you wrote them.")}, FEWER, stops_kind=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "shown", "care", gettext_lazy("Your words can be read again"), _shown,
        {"": gettext_lazy("You get this because you wrote them.")}, FEWER, stops_kind=True,
    )
)  # fmt: skip
notice_kind(
    NoticeKind(
        "might_know", "fitting", gettext_lazy("Questions you might know about"), _might_know,
        {"": gettext_lazy("You get this because you said that one may ask you about it.")},
        FEWER, stops_kind=True,
    )
)  # fmt: skip
