from django.urls import path, re_path

from fenjin.shell import style_page
from fenjin.shell.views import complaints, home, inbox, me, my_data, my_rights, plain, search, spaces

app_name = "shell"
urlpatterns = [
    path("", home.home, name="home"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("search/", search.search, name="search"),
    path("me/", me.me, name="me"),
    path("me/look/", me.look, name="look"),
    path("me/devices/", me.sessions, name="sessions"),
    path("me/devices/<int:session_id>/end/", me.session_end, name="session_end"),
    path("me/devices/end-others/", me.sessions_end_others, name="sessions_end_others"),
    path("me/password/", me.password, name="password"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/stored/", my_data.my_stored, name="my_stored"),
    path("me/data/stored/<slug:key>/", my_data.my_stored_sheet, name="my_stored_sheet"),
    path("me/data/looks/", my_data.my_looks, name="my_looks"),
    path("me/data/retention/", my_data.my_retention, name="my_retention"),
    path("me/data/corrections/", my_rights.my_corrections, name="my_corrections"),
    path("me/data/copies/", my_rights.my_exports, name="my_exports"),
    path("me/data/copies/<int:export_id>/", my_rights.my_export, name="my_export"),
    path("me/data/erasure/", my_rights.my_erasure, name="my_erasure"),
    path("me/data/erasure/<slug:kind>/", my_rights.my_erasure_ask, name="my_erasure_ask"),
    path("me/data/erasure/<int:erasure_id>/back/", my_rights.my_erasure_back, name="my_erasure_back"),
    path("me/data/consents/", my_data.my_consents, name="my_consents"),
    path("me/data/consents/<slug:purpose>/", my_data.my_consent_change, name="my_consent_change"),
    path("complaints/", complaints.complaint, name="complaint"),
    path("complaints/<int:complaint_id>/", complaints.complaint_receipt, name="complaint_receipt"),
    re_path(r"^covers/(?P<seed>[\w-]{1,64})\.svg$", plain.cover, name="cover"),
    path("spaces/", spaces.spaces, name="spaces"),
    path("why/", spaces.why, name="why"),
    re_path(r"^skin/(?P<space_id>\d{1,18})-(?P<digest>[0-9a-f]{12})\.css$", spaces.skin, name="skin"),
    path("healthz", plain.healthz, name="healthz"),
    path("readyz", plain.readyz, name="readyz"),
    path("robots.txt", plain.robots, name="robots"),
    path("manifest.webmanifest", plain.manifest, name="manifest"),
    path("favicon.ico", plain.favicon, name="favicon"),
    path("_ui/", style_page.style_page, name="style_page"),
    path("_ui/<slug:page>/", style_page.style_sample, name="style_sample"),
]
