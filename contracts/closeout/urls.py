"""URLs of the close-out board."""

from django.urls import path

from contracts.closeout import link_views, views

urlpatterns = [
    path("", views.board, name="closeout"),
    path("intervals/", views.intervals, name="closeout_intervals"),
    path("client/<public_id:public_id>/language/", views.client_language, name="client_language"),
    path("link/<str:token>/", link_views.closeout_link, name="closeout_link"),
    path("<public_id:public_id>/", views.contract_closeout, name="contract_closeout"),
    path("<public_id:public_id>/act/", views.act, name="closeout_act"),
    path("<public_id:public_id>/intervals/", views.contract_intervals, name="contract_intervals"),
    path(
        "<public_id:public_id>/events/<public_id:event_id>/delete/",
        views.event_delete,
        name="closeout_event_delete",
    ),
]
