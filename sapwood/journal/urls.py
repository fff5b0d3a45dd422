"""Addresses of the journal."""

from django.urls import path

from sapwood.journal.views import drafts, entries, posting_out, sharing, writing

urlpatterns = [
    path("journal/", writing.index, name="journal"),
    path("journal/new/", writing.new, name="journal_new"),
    path("journal/question/", writing.question, name="journal_question"),
    path("journal/asking/", writing.lean, name="journal_lean"),
    path("journal/drafts/<uuid:pk>/discard/", drafts.discard, name="journal_draft_discard"),
    path("journal/entries/", entries.entries, name="journal_entries"),
    path("journal/undo/", entries.undo, name="journal_undo"),
    path("journal/<uuid:pk>/", entries.show, name="journal_entry"),
    path("journal/<uuid:pk>/edit/", writing.edit, name="journal_edit"),
    path("journal/<uuid:pk>/delete/", entries.delete, name="journal_delete"),
    path("journal/<uuid:pk>/readers/", sharing.create, name="journal_share"),
    path("journal/<uuid:pk>/readers/take-back/", sharing.delete, name="journal_take_back"),
    path("journal/<uuid:pk>/groups/", posting_out.create, name="journal_post_out"),
    path("journal/<uuid:pk>/groups/take-back/", posting_out.delete, name="journal_post_back"),
    path("journal/<uuid:pk>/replies/", sharing.reply, name="journal_reply"),
    path("journal/replies/<uuid:pk>/delete/", sharing.delete_reply, name="journal_reply_delete"),
]
