"""Addresses of the doors; those that stand before allauth's replace its pages."""

from django.urls import path
from django.views.generic import RedirectView

from sapwood.people.doors import (
    address_views,
    first_hour_views,
    first_run_views,
    invitation_views,
    join_views,
    second_step_views,
    session_views,
    telling_views,
)

urlpatterns = [
    path("account/", RedirectView.as_view(pattern_name="mfa_index"), name="security"),
    path("account/signup/", join_views.signup, name="account_signup"),
    path(
        "account/2fa/totp/activate/",
        second_step_views.ConnectApp.as_view(),
        name="mfa_activate_totp",
    ),
    path(
        "account/2fa/webauthn/add/",
        second_step_views.AddPasskey.as_view(),
        name="mfa_add_webauthn",
    ),
    path("account/sessions/", session_views.index, name="usersessions_list"),
    path("account/sessions/<int:pk>/end/", session_views.end, name="session_end"),
    path("account/email/keep/", address_views.keep, name="keep_address"),
    path("join/code/", join_views.prove, name="arrival_code"),
    path("join/<str:token>/", join_views.join, name="join"),
    path("desk/people/invitations/", invitation_views.index, name="invitations"),
    path(
        "desk/people/invitations/<uuid:pk>/withdrawal/",
        invitation_views.withdraw_one,
        name="invitation_withdraw",
    ),
    path("desk/people/<uuid:pk>/letter/", telling_views.tell_one, name="desk_person_tell"),
    path("setup/", first_run_views.setup, name="setup"),
    path("setup/begin/<str:secret>/", first_run_views.begin, name="setup_begin"),
    path("setup/place/", first_hour_views.place, name="setup_place"),
    path("setup/privacy/", first_hour_views.privacy, name="setup_privacy"),
    path("setup/first-five/", first_hour_views.first_five, name="setup_first_five"),
    path("setup/domains/", first_hour_views.domains, name="setup_domains"),
    path("setup/email-test/", first_hour_views.email_test, name="setup_email_test"),
]
