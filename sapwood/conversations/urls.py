"""Addresses of conversations."""

from django.urls import path

from sapwood.conversations.views import answers, following, messages, posts, reports, threads

urlpatterns = [
    path("audiences/<uuid:pk>/threads/new/", posts.new, name="thread_new"),
    path("audiences/<uuid:pk>/names/", posts.names, name="names"),
    path("threads/<uuid:pk>/", threads.show, name="thread"),
    path("threads/<uuid:pk>/answers/", answers.create, name="answer_new"),
    path("threads/<uuid:pk>/watch/", threads.watch, name="thread_watch"),
    path("threads/<uuid:pk>/closed/", threads.close, name="thread_close"),
    path("threads/<uuid:pk>/merge/", threads.merge_into, name="thread_merge"),
    path("messages/<uuid:pk>/edit/", messages.edit_words, name="message_edit"),
    path("messages/<uuid:pk>/remove/", messages.delete, name="message_remove"),
    path("messages/<uuid:pk>/history/", messages.history, name="message_history"),
    path("messages/<uuid:pk>/reactions/", messages.reactions, name="message_react"),
    path("messages/<uuid:pk>/accepted/", answers.accepted, name="answer_accept"),
    path("messages/<uuid:pk>/still-true/", answers.truth, name="answer_truth"),
    path("messages/<uuid:pk>/thanks/", messages.thanks, name="message_thank"),
    path("messages/<uuid:pk>/report/", reports.new, name="message_report"),
    path("following/", following.index, name="following"),
    path("following/<int:pk>/stop/", following.forget, name="watch_forget"),
    path("people/<uuid:pk>/follow/", following.follow_person, name="follow_person"),
    path("audiences/<uuid:pk>/watch/", following.watch_group, name="group_watch"),
    path("review/", reports.index, name="review"),
    path("review/<uuid:pk>/", reports.update, name="case"),
    path("review/<uuid:pk>/again/", reports.ask_again, name="case_again"),
    path("desk/words/", reports.words, name="hidden_words"),
]
