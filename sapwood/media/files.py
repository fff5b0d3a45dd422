"""Photos and files while somebody writes: brought in one by one, found again, told in words."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.core.seen import tidy
from sapwood.media.attaching import MOST
from sapwood.media.bringing_in import bring_in
from sapwood.media.listed_ids import UploadIds
from sapwood.media.models import Upload
from sapwood.media.showing import ShownFile, shown_files
from sapwood.people.doors.asking import PersonRequest


@require_POST
def create(request: PersonRequest) -> JsonResponse:
    """Keeps the one file in `file`; answers with what the composer shows of it."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a file first.")}, status=422)
    try:
        upload = bring_in(file, owner=request.user)
    except ValidationError as problem:
        return JsonResponse({"error": " ".join(problem.messages)}, status=422)
    return JsonResponse(_told(shown_files([upload], request.user)[0]))


@require_GET
def index(request: PersonRequest) -> JsonResponse:
    """Those of the ids in `id` that are this person's own, in the order asked."""
    ids = UploadIds().to_python(" ".join(request.GET.getlist("id")))[:MOST]
    own = Upload.objects.visible_to(request.user).in_bulk(ids)
    shown = shown_files([own[pk] for pk in ids if pk in own], request.user)
    return JsonResponse({"files": [_told(each) for each in shown]})


@require_POST
def words(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What a picture shows, said by whom it belongs to."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=pk)
    upload.alt = tidy(request.POST.get("alt", ""))[:300]
    upload.save(update_fields=["alt"])
    return HttpResponse(status=204)


def _told(file: ShownFile) -> dict[str, Any]:
    """What the element in the page draws."""
    return {
        "id": str(file.pk),
        "name": file.name,
        "ending": file.ending,
        "kilobytes": file.kilobytes,
        "alt": file.alt,
        "small": file.small,
        "words": file.words_url,
    }
