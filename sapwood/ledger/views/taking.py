"""Downloads of one's own record, as the filter has it."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sapwood.ledger import biography, taking
from sapwood.ledger.filtering import MomentFilter
from sapwood.ledger.models import Moment
from sapwood.people.doors.asking import PersonRequest


@require_GET
def download(request: PersonRequest, form: str) -> HttpResponse:
    """CSV, JSON, or the learning biography as a web page or PDF."""
    person = request.user
    asked = MomentFilter.read(request.GET, person.today().year)
    moments = asked.apply(Moment.objects.of(person)).prefetch_related("shares__person")
    if form == "csv":
        return _file(taking.as_csv(moments), "text/csv; charset=utf-8", asked, form)
    if form == "json":
        text = taking.as_json(person, moments, timezone.now())
        return _file(text, "application/json", asked, form)
    book = biography.write(person, moments, person.today())
    if form == "html":
        return _file(biography.as_html(book), "text/html; charset=utf-8", asked, form)
    return _file(biography.as_pdf(book), "application/pdf", asked, form)


def _file(content: str | bytes, kind: str, asked: MomentFilter, ending: str) -> HttpResponse:
    name = f"moments-{asked.year}" if asked.year else "moments"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
