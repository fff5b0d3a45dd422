"""Bringing a picture in from the editor, and handing uploads out by signed address."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sapwood.media.addresses import SMALL, STEP, address, is_valid
from sapwood.media.bringing_in import bring_in_picture
from sapwood.media.models import Upload
from sapwood.people.doors.asking import PersonRequest


@require_POST
def create(request: PersonRequest) -> JsonResponse:
    """Keeps the picture in `file` with its words in `alt`; answers {id, url, alt}."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Choose a picture first.")}, status=422)
    try:
        upload = bring_in_picture(file, owner=request.user, alt=request.POST.get("alt", ""))
    except ValidationError as problem:
        return JsonResponse({"error": " ".join(problem.messages)}, status=422)
    return JsonResponse(
        {"id": str(upload.pk), "url": address(upload, request.user), "alt": upload.alt}
    )


@require_GET
def show(request: PersonRequest, pk: UUID, name: str) -> FileResponse:
    """The bytes, for the person that the signed address was made for; nothing for anyone else."""
    upload = get_object_or_404(Upload, pk=pk)
    asked = {key: request.GET.get(key, "") for key in ("z", "e", "s")}
    if not is_valid(upload, request.user, size=asked["z"], until=asked["e"], signature=asked["s"]):
        raise Http404
    stored = upload.small if asked["z"] == SMALL and upload.small else upload.file
    try:
        opened = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        opened,
        as_attachment=not upload.is_picture,
        filename=upload.name,
        content_type=upload.content_type,
    )
    response.headers["Cache-Control"] = f"private, max-age={STEP}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
