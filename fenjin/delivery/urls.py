from django.urls import path

from fenjin.delivery import views

app_name = "delivery"
urlpatterns = [
    path("<int:message_id>/", views.message, name="message"),
    path("<int:message_id>/confirm/", views.message_confirm, name="message_confirm"),
    path("<int:message_id>/safety/", views.message_safety, name="message_safety"),
    path("<int:message_id>/undo/", views.message_undo, name="message_undo"),
    path("<int:message_id>/why/", views.why, name="why"),
    path("<int:message_id>/mute/", views.mute, name="mute"),
    path("<int:message_id>/reply/", views.reply, name="reply"),
    path("habits/", views.habits, name="habits"),
    path("habits/quiet/", views.quiet_hours, name="quiet_hours"),
    path("habits/unmute/", views.unmute, name="unmute"),
]
