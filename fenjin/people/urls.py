"""Addresses of the doors."""

from django.urls import path

from fenjin.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/with/<slug:key>/", views.outside_begin, name="outside_begin"),
    path("sign-in/with/<slug:key>/password/", views.outside_password, name="outside_password"),
    path("sign-in/with/<slug:key>/back/", views.outside_back, name="outside_back"),
    path("sign-in/with/<slug:key>/posted/", views.outside_posted, name="outside_posted"),
    path("sign-in/with/<slug:key>/metadata/", views.outside_metadata, name="outside_metadata"),
    path("sign-in/with/<slug:key>/confirm/", views.outside_confirm, name="outside_confirm"),
    path("sign-in/with/<slug:key>/link/", views.outside_link, name="outside_link"),
    path("sign-in/with/<slug:key>/leave/", views.outside_leave, name="outside_leave"),
    path("claim/", views.claim, name="claim"),
    path("claim/not-me/", views.claim_refuse, name="claim_refuse"),
    path("account-taken/", views.account_taken, name="account_taken"),
    path("password-lost/", views.password_lost, name="password_lost"),
    path("password-lost/new/", views.password_reset, name="password_reset"),
    path("password-strength/", views.password_strength, name="password_strength"),
    path("first-password/", views.first_password, name="first_password"),
    path("confirm-identity/", views.confirm_identity, name="confirm_identity"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("second-factor/recovery-codes/", views.recovery_codes, name="recovery_codes"),
    path("office/", views.office_accept, name="office_accept"),
    path("stay/", views.stay, name="stay"),
    path("stay/kept/<int:kept_id>/", views.kept, name="kept"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/<int:number>/", views.privacy_version, name="privacy_version"),
    path("privacy/<int:number>/changes/", views.privacy_changes, name="privacy_changes"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
