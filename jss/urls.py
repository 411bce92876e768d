"""URLs of the Job Success Score."""

from django.urls import path

from jss import (
    agency_views,
    history_views,
    lifts_views,
    movement_views,
    views,
    what_if_views,
)

app_name = "jss"
urlpatterns = [
    path("", views.score, name="score"),
    path("rules/", views.rules_change, name="rules_change"),
    path("agency/", agency_views.agency, name="agency"),
    path("contract/<str:public_id>/", views.contract_effect, name="contract_effect"),
    path("readings/<str:public_id>/remove/", views.reading_remove, name="reading_remove"),
    path("<str:public_id>/", views.freelancer_score, name="freelancer"),
    path("<str:public_id>/readings/", views.reading_add, name="reading_add"),
    path("<str:public_id>/what-if/", what_if_views.what_if, name="what_if"),
    path("<str:public_id>/why/", movement_views.why, name="why"),
    path("<str:public_id>/lifts/", lifts_views.lifts, name="lifts"),
    path("<str:public_id>/top-rated/", lifts_views.top_rated, name="top_rated"),
    path("<str:public_id>/history/", history_views.history, name="history"),
    path("<str:public_id>/history.csv", history_views.history_csv, name="history_csv"),
]
