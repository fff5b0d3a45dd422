"""Addresses of people."""

from django.urls import URLPattern, URLResolver, include, path

from sapwood.people import directory, picking
from sapwood.people.desk import privacy, skills, units
from sapwood.people.desk import views as desk
from sapwood.people.importing import views as importing
from sapwood.people.profile import blocks, tags
from sapwood.people.profile import views as profile
from sapwood.people.visible import views as visible

imports = [
    path("", importing.index, name="people_import"),
    path("<uuid:pk>/", importing.show, name="import_show"),
    path("<uuid:pk>/columns/", importing.columns, name="import_columns"),
    path("<uuid:pk>/compare/", importing.again, name="import_again"),
    path("<uuid:pk>/apply/", importing.apply, name="import_apply"),
    path("<uuid:pk>/hold/", importing.hold, name="import_hold"),
    path("<uuid:pk>/delete/", importing.delete, name="import_delete"),
    path("<uuid:pk>/failed.csv", importing.failed, name="import_failed"),
]
desk_urls: list[URLPattern | URLResolver] = [
    path("people/", desk.index, name="desk_people"),
    path("people/new/", desk.new, name="desk_person_new"),
    path("people/people.csv", desk.export, name="desk_people_export"),
    path("people/import/", include(imports)),
    path("people/<uuid:pk>/", desk.edit, name="desk_person"),
    path("units/", units.index, name="desk_units"),
    path("units/<uuid:pk>/", units.edit, name="desk_unit"),
    path("units/<uuid:pk>/delete/", units.delete, name="desk_unit_delete"),
    path("privacy/", privacy.show, name="desk_privacy"),
    path("skills/", skills.index, name="desk_skills"),
    path("skills/<uuid:pk>/", skills.edit, name="desk_skill"),
    path("skills/<uuid:pk>/merge/", skills.merge, name="desk_skill_merge"),
]
urlpatterns = [
    path("", include("sapwood.people.urls_doors")),
    path("people/", directory.index, name="people_index"),
    path("people/pick/", picking.people_pick, name="people_pick"),
    path("people/tags/", tags.index, name="tags_offered"),
    path("people/blocked/", blocks.index, name="blocked_index"),
    path("people/<uuid:pk>/", profile.show, name="profile"),
    path("people/<uuid:pk>/block/", blocks.new, name="person_block"),
    path("people/<uuid:pk>/unblock/", blocks.delete, name="person_unblock"),
    path("people/<uuid:pk>/<slug:key>.webp", profile.photo, name="photo_show"),
    path("profile/", profile.edit, name="profile_edit"),
    path("what-others-can-see/", visible.index, name="visible"),
    path("what-others-can-see/page/", visible.seen_as, name="seen_as"),
    path("what-others-can-see/copy/", visible.take, name="take_everything"),
    path("what-others-can-see/erase/", visible.erase, name="erase_me"),
    path("desk/", include(desk_urls)),
]
