"""Addresses of notes."""

from django.urls import path

from sapwood.spaces.notes.views import history, keeping, reading, settling, taking_out, writing

GROUP = "groups/<uuid:pk>/notes/"
NOTE = "groups/notes/<uuid:pk>/"

urlpatterns = [
    path(GROUP, reading.index, name="group_notes"),
    path(GROUP + "new/", writing.new, name="note_new"),
    path(GROUP + "markdown/", taking_out.index, name="group_notes_file"),
    path("groups/notes/drafts/<uuid:pk>/", reading.draft, name="note_draft"),
    path(NOTE, reading.show, name="note"),
    path(NOTE + "edit/", writing.edit, name="note_edit"),
    path(NOTE + "both/<int:mine>/<int:theirs>/", settling.create, name="note_both"),
    path(NOTE + "changes/", history.changes, name="note_changes"),
    path(NOTE + "versions/", history.index, name="note_versions"),
    path(NOTE + "versions/<int:number>/", history.show, name="note_version"),
    path(NOTE + "versions/<int:number>/back/", history.restore, name="note_restore"),
    path(NOTE + "standing/", keeping.standing, name="note_standing"),
    path(NOTE + "delete/", keeping.delete, name="note_delete"),
    path(NOTE + "markdown/", taking_out.show, name="note_file"),
]
