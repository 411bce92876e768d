"""URLs of the messages to clients."""

from django.urls import path

from contracts.messages import views

urlpatterns = [
    path("", views.message_list, name="messages"),
    path("undo/<public_id:public_id>/", views.message_undo, name="message_undo"),
    path("<str:kind>/<str:language>/", views.message_edit, name="message_edit"),
    path("<str:kind>/<str:language>/reset/", views.message_reset, name="message_reset"),
]
