"""All addresses. Each app brings its own; the studio is Wagtail's admin behind our gate."""

from django.urls import include, path
from wagtail.admin import urls as studio

handler400 = "fenjin.kit.errors.bad_request"
handler403 = "fenjin.kit.errors.bad_request"
handler404 = "fenjin.kit.errors.page_not_found"
handler500 = "fenjin.kit.errors.server_error"

urlpatterns = [
    path("", include("fenjin.people.urls")),
    path("m/", include("fenjin.media.urls")),
    path("messages/", include("fenjin.delivery.urls")),
    path("moderation/", include("fenjin.moderation.urls")),
    path("news/", include("fenjin.newsroom.urls")),
    path("studio/", include("fenjin.spaces.urls")),
    path("studio/", include(studio)),
    path("", include("fenjin.shell.urls")),
]
