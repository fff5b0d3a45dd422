"""Your rings: the picture of a year, its story, its mixes, and the poster."""

from typing import Any

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sapwood.core.keeping import taken
from sapwood.core.pages import readable_offline, render
from sapwood.core.toasts import toast
from sapwood.home.forms import StoryForm
from sapwood.home.guidance.offering import guidance_for
from sapwood.home.models import Level, StoryLine, YearShare
from sapwood.home.picture import small_picture
from sapwood.home.year import Year, load_year, ring_rows, years_of
from sapwood.ledger.mixes import by_form, by_manner, by_objective, by_way
from sapwood.ledger.rings import poster as posters
from sapwood.ledger.rings.convert import pdf, png
from sapwood.ledger.rings.fonts import faces
from sapwood.ledger.story import SUBJECTS
from sapwood.ledger.ways import RINGS
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.models import Person

FIRST_YEAR = 1950
TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
READER = "@"  # no sentence has this key
POSTER_WIDTH = 2400  # pixels of the PNG


def year_or_404(person: Person, year: int) -> int:
    """The year, if one can have learned something in it."""
    if not FIRST_YEAR <= year <= person.today().year:
        raise Http404
    return year


def _load(person: Person, year: int | None) -> Year:
    today = person.today()
    return load_year(person, year_or_404(person, year or today.year), today)


def words_and_readers(person: Person, year: int) -> tuple[dict[str, str], int]:
    """The owner's story lines by key, and how many people see the picture: one query."""
    lines = StoryLine.objects.filter(person=person, year=year).values_list("key", "text")
    shares = YearShare.objects.filter(shown__person=person, shown__year=year)
    seen = shares.values_list(Value(READER, CharField()), Cast("pk", TextField()))
    rows = list(lines.union(seen, all=True))
    return {key: text for key, text in rows if key != READER}, sum(
        key == READER for key, _text in rows
    )


@require_GET
def show(request: PersonRequest, year: int | None = None) -> HttpResponse:
    """The rings page: only its owner has one."""
    person = request.user
    shown = _load(person, year)
    own, readers = words_and_readers(person, shown.year)
    story, removed = shown.story(own)
    others = [y for y in years_of(person) if y != shown.year]
    guidance = guidance_for(person, shown.trunk, timezone.now()) if shown.is_current else None
    context: dict[str, Any] = {
        "year": shown,
        "rows": ring_rows(shown),
        "ring_names": RINGS,
        "story": story,
        "removed": removed,
        "readers": readers,
        "manners": by_manner(shown.entries),
        "ways": by_way(shown.entries),
        "forms": by_form(shown.entries),
        "objectives": by_objective(shown.entries),
        "others": [(y, small_picture(person, y, shown.trunk)) for y in others],
        "guidance": guidance,
        "levels": Level.choices,
    }
    return readable_offline(render(request, "home/rings.html", context))


@require_http_methods(["GET", "POST"])
def story_edit(request: PersonRequest, year: int, key: str) -> HttpResponse:
    """Change one sentence; an empty text takes it out, `restore` brings ours back.

    Words typed for a sentence that has gone in the meantime are kept all the same; too many of them
    come back with a word about it (422).
    """
    person = request.user
    shown = _load(person, year)
    lines = StoryLine.objects.filter(person=person, year=year)
    told, _removed = shown.story(dict(lines.values_list("key", "text")))
    line = next((line for line in told if line.key == key), None)
    if line is None and (request.method == "GET" or key not in SUBJECTS):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = StoryForm(sent, initial={"text": line.text if line else ""})
    if sent is not None and "restore" in sent:
        lines.filter(key=key).delete()
    elif form.is_valid():
        text = form.cleaned_data["text"]
        lines.update_or_create(person=person, year=year, key=key, defaults={"text": text})
        toast(request, _("Changed.") if text else _("Taken out of your story."))
    else:
        context = {"form": form, "line": line, "key": key, "year": shown}
        status = 422 if form.errors else 200
        return render(request, "home/story_edit.html", context, status=status)
    there = f"{reverse('rings_year', args=[year])}#story"
    return taken(request, HttpResponseRedirect(there))


@require_http_methods(["POST"])
def story_restore(request: PersonRequest, year: int) -> HttpResponse:
    """Brings back the sentences they took out; what they wrote themselves stays."""
    StoryLine.objects.filter(person=request.user, year=year, text="").delete()
    return HttpResponseRedirect(f"{reverse('rings_year', args=[year])}#story")


def poster_words(person: Person, year: Year) -> posters.Words:
    """What the poster says, in the reader's language."""
    lines = StoryLine.objects.filter(person=person, year=year.year)
    story, _removed = year.story(dict(lines.values_list("key", "text")))
    return posters.Words(
        title=year.poster_title,
        name=person.name,
        period=year.period,
        rings=[str(ring.name) for ring in RINGS],
        knots=[(knot.letter, knot.name) for knot in year.knots],
        story=" ".join(line.text for line in story[:5]),
        privacy=_("Printed by its owner, who alone decides who sees it."),
    )


@require_GET
def poster(request: PersonRequest, year: int) -> HttpResponse:
    """The poster on screen, with its downloads."""
    person = request.user
    shown = _load(person, year)
    context = {"year": shown, "words": poster_words(person, shown), "can_write": bool(faces())}
    return render(request, "home/poster.html", context)


def _as_text(svg: str) -> bytes:
    return svg.encode()


def _as_png(svg: str) -> bytes:
    return png(svg, POSTER_WIDTH)


@require_GET
def poster_file(request: PersonRequest, year: int, suffix: str) -> HttpResponse:
    """The poster as SVG, PNG or an A3 PDF."""
    if suffix not in TYPES:
        raise Http404
    person = request.user
    shown = _load(person, year)
    svg = posters.poster(shown.picture(has_table=False), poster_words(person, shown))
    body = {"svg": _as_text, "png": _as_png, "pdf": pdf}[suffix](svg)
    response = HttpResponse(body, content_type=TYPES[suffix])
    name = _("rings-%(year)s") % {"year": year}
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
