"""URLs of outgoing mail and reminders."""

from django.urls import path

from outbox import unsubscribe_views, views

app_name = "outbox"
urlpatterns = [
    path("", views.mails, name="mails"),
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/now/", views.reminders_now, name="reminders_now"),
    path("unsubscribe/<str:token>/", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path("address/<public_id:public_id>/again/", views.address_again, name="address_again"),
    path("<public_id:public_id>/", views.mail, name="mail"),
    path("<public_id:public_id>/html/", views.mail_html, name="mail_html"),
    path("<public_id:public_id>/again/", views.mail_again, name="mail_again"),
]
