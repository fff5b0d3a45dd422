"""Addresses of spaces."""

from django.urls import path

from sapwood.spaces.notes import urls as notes
from sapwood.spaces.views import belonging, doors, index, members, rituals, rules, settings, showing

GROUP = "groups/<uuid:pk>/"
DESK = GROUP + "settings/"

urlpatterns = [
    path("groups/", index.index, name="groups"),
    path("groups/new/", index.new, name="group_new"),
    path("groups/teams/", index.teams, name="group_teams"),
    path("groups/teams/open/", index.team_open, name="group_team_open"),
    path("groups/by-link/<slug:token>/", belonging.by_link, name="group_by_link"),
    path(GROUP, showing.show, name="group"),
    path(GROUP + "questions/", showing.questions, name="group_questions"),
    path(GROUP + "reach/", showing.reaches, name="group_reach"),
    path(GROUP + "people/", showing.people, name="group_people"),
    path(GROUP + "welcome/", belonging.welcome, name="group_welcome"),
    path(GROUP + "join/", belonging.join, name="group_join"),
    path(GROUP + "leave/", belonging.leave, name="group_leave"),
    path(GROUP + "ask/", belonging.ask, name="group_ask"),
    path(GROUP + "ask/back/", belonging.ask_back, name="group_ask_back"),
    path(GROUP + "take-on/", belonging.take_on, name="group_take_on"),
    path(GROUP + "steward/", members.steward, name="group_steward"),
    path(GROUP + "rituals/<uuid:ritual>/calendar.ics", rituals.file, name="group_ritual_file"),
    path(DESK, settings.settings, name="group_settings"),
    path(DESK + "openness/", settings.openness, name="group_openness"),
    path(DESK + "standing/", settings.standing, name="group_standing"),
    path(DESK + "health/", settings.health, name="group_health"),
    path(DESK + "members/", members.members, name="group_members"),
    path(DESK + "members/file/", members.file, name="group_file"),
    path(DESK + "members/<uuid:person>/", members.member, name="group_member"),
    path(DESK + "requests/", doors.requests, name="group_requests"),
    path(DESK + "requests/<uuid:asked>/", doors.answer, name="group_request"),
    path(DESK + "links/", doors.links, name="group_links"),
    path(DESK + "links/<uuid:link>/end/", doors.link_end, name="group_link_end"),
    path(DESK + "rules/", rules.rules, name="group_rules"),
    path(DESK + "rituals/", rituals.rituals, name="group_rituals"),
    path(DESK + "rituals/<uuid:ritual>/", rituals.ritual, name="group_ritual"),
    path(DESK + "rituals/<uuid:ritual>/skip/", rituals.skip, name="group_ritual_skip"),
    path(DESK + "rituals/<uuid:ritual>/delete/", rituals.delete, name="group_ritual_delete"),
    *notes.urlpatterns,
]
