"""Importing people in the browser: upload, columns, dry run, apply, and the rows that failed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sapwood.core.formats import number
from sapwood.core.pages import render
from sapwood.people.desk.access import administrators_only
from sapwood.people.doors.asking import PersonRequest
from sapwood.people.importing.apply import start
from sapwood.people.importing.forms import ApplyForm, ColumnsForm, UploadForm
from sapwood.people.importing.headers import is_enough
from sapwood.people.importing.limits import Unreadable
from sapwood.people.importing.problems import sentence
from sapwood.people.importing.reading import read_file
from sapwood.people.importing.result import failed_rows
from sapwood.people.importing.table import lines_of
from sapwood.people.models import ImportRow, ImportRun, RunState
from sapwood.people.tasks import apply_import, plan_import

PAGE = 50


@administrators_only
@require_http_methods(["GET", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """Uploads a file; earlier imports stand below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                run = read_file(file.file, name=file.name, by=request.user)
                if run.state == RunState.PLANNING:
                    plan_import.enqueue(str(run.pk))
        except Unreadable as unreadable:
            form.add_error("file", sentence(unreadable.code, unreadable.params))
        else:
            return _to(run)
    values = {"form": form, "runs": ImportRun.objects.select_related("person")[:10]}
    return render(
        request, "people/importing/index.html", values, status=422 if form.is_bound else 200
    )


def _to(run: ImportRun, name: str = "import_show") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, kwargs={"pk": run.pk}))


@administrators_only
@require_GET
def show(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where an import stands: columns to match, the dry run, progress, or the result."""
    run = get_object_or_404(ImportRun, pk=pk)
    if "waiting" in request.GET and run.state != RunState.PLANNING:
        here = reverse("import_show", kwargs={"pk": run.pk})
        return HttpResponse(headers={"HX-Redirect": here})
    if run.state == RunState.COLUMNS:
        return _to(run, "import_columns")
    if run.state == RunState.PLANNING:
        return render(request, "people/importing/planning.html", {"run": run}, block="progress")
    if run.state in {RunState.APPLYING, RunState.HELD, RunState.DONE}:
        values = {"run": run, "failed": ImportRow.objects.failed_in(run).count()}
        values["trouble"] = sentence(run.trouble) if run.trouble else ""
        values["saved"] = run.rows.exclude(saved_at=None).count()
        values["examples"] = lines_of(run, list(ImportRow.objects.failed_in(run)[:20]))
        return render(request, "people/importing/result.html", values, block="progress")
    return render(request, "people/importing/show.html", _dry_run(request, run), block="rows")


def _dry_run(request: PersonRequest, run: ImportRun) -> dict[str, Any]:
    state = request.GET.get("state", "")
    rows = (
        run.rows.filter(state=state) if state in run.counts else run.rows.exclude(state="missing")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    address = f"{reverse('import_show', kwargs={'pk': run.pk})}?"
    chips = [
        ("", _("Everything")),
        ("new", _("New, %(count)s")),
        ("changed", _("Changed, %(count)s")),
        ("same", _("Same, %(count)s")),
        ("error", _("Errors, %(count)s")),
    ]
    return {
        "run": run,
        "state": state,
        "page": page,
        "lines": lines_of(run, list(page)),
        "here": f"{address}{urlencode({'state': state})}&page=",
        "chips": [
            (w % {"count": number(run.count(key))}, f"{address}state={key}", key)
            for key, w in chips
        ],
        "tally": _tally(run, address),
        "ready": run.count("new") + run.count("changed") + run.count("same"),
        "saves": run.count("new") + run.count("changed"),
    }


def _tally(run: ImportRun, address: str) -> list[tuple[int, str, str, bool]]:
    new = ngettext("new person", "new people", run.count("new"))
    words = [("new", new), ("changed", _("changed")), ("same", _("the same")),
             ("error", _("cannot be read")), ("missing", _("here, not in the file"))]  # fmt: skip
    return [
        (run.count(key), text, f"{address}state={key}", key == "error" and bool(run.count(key)))
        for key, text in words
    ]


@administrators_only
@require_http_methods(["GET", "POST"])
def columns(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Corrects which column holds what, and compares again."""
    run = get_object_or_404(ImportRun, pk=pk, state__in=[RunState.COLUMNS, RunState.READY])
    form = ColumnsForm(run, request.POST or None)
    if request.method == "POST" and form.is_valid():
        compare(run, form.cleaned_data)
        return _to(run)
    values = {"run": run, "form": form, "enough": is_enough(run.columns)}
    values["trouble"] = sentence(run.trouble) if run.trouble else ""
    return render(
        request, "people/importing/columns.html", values, status=422 if form.is_bound else 200
    )


def compare(run: ImportRun, matched: dict[str, int] | None = None) -> None:
    """Sends a run to be compared, with other columns or against people as they are now."""
    with transaction.atomic():
        run.columns = run.columns if matched is None else matched
        run.state, run.trouble = RunState.PLANNING, ""
        run.save()
        plan_import.enqueue(str(run.pk))


@administrators_only
@require_POST
def again(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Compares the same rows with people as they are now."""
    run = get_object_or_404(
        ImportRun, pk=pk, state__in=[RunState.READY, RunState.HELD, RunState.DONE]
    )
    compare(run)
    return _to(run)


@administrators_only
@require_POST
def apply(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Begins to save, or goes on after a hold; pressing twice does nothing twice."""
    run = get_object_or_404(ImportRun, pk=pk)
    form = ApplyForm(request.POST)
    form.is_valid()
    with transaction.atomic():
        if start(run, by=request.user, now=timezone.now(), **form.cleaned_data):
            apply_import.enqueue(str(run.pk))
    return _to(run)


@administrators_only
@require_POST
def hold(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Stops after the batch that is being saved; what is saved stays."""
    ImportRun.objects.filter(pk=pk, state=RunState.APPLYING).update(state=RunState.HELD)
    return _to(get_object_or_404(ImportRun, pk=pk))


@administrators_only
@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Forgets an import and its rows; people who were saved stay."""
    ImportRun.objects.filter(pk=pk).exclude(state=RunState.APPLYING).delete()
    return HttpResponseRedirect(reverse("people_import"))


@administrators_only
@require_GET
def failed(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """The rows that were not saved, with reasons, as a file to correct and import again."""
    run = get_object_or_404(ImportRun, pk=pk)
    response = StreamingHttpResponse(failed_rows(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-correct.csv"'
    return response
