"""URLs of the import pages."""

from django.urls import path

from contracts import import_views as views

urlpatterns = [
    path("", views.import_start, name="import_start"),
    path("<public_id:public_id>/", views.import_page, name="import_page"),
    path("<public_id:public_id>/again/", views.import_again, name="import_again"),
    path("<public_id:public_id>/encoding/", views.import_encoding, name="import_encoding"),
    path("<public_id:public_id>/cancel/", views.import_cancel, name="import_cancel"),
    path("<public_id:public_id>/freelancer/", views.import_freelancer, name="import_freelancer"),
    path("<public_id:public_id>/decide/<str:key>/", views.import_decide, name="import_decide"),
    path("<public_id:public_id>/apply/", views.import_apply, name="import_apply"),
    path("<public_id:public_id>/undo/", views.import_undo, name="import_undo"),
    path("<public_id:public_id>/not-understood.csv", views.import_bad_rows, name="import_bad_rows"),
]
