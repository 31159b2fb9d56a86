from django.urls import path

from fenjin.delivery import views

app_name = "delivery"
urlpatterns = [
    path("<int:message_id>/", views.message, name="message"),
    path("<int:message_id>/confirm/", views.message_confirm, name="message_confirm"),
    path("<int:message_id>/safety/", views.message_safety, name="message_safety"),
    path("<int:message_id>/undo/", views.message_undo, name="message_undo"),
]
