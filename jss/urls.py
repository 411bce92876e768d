"""URLs of the Job Success Score."""

from django.urls import path

from jss import lifts_views, movement_views, readings_views, views, what_if_views

app_name = "jss"
urlpatterns = [
    path("", views.score, name="score"),
    path("contract/<str:public_id>/", views.contract_effect, name="contract_effect"),
    path("readings/<str:public_id>/remove/", views.reading_remove, name="reading_remove"),
    path("<str:public_id>/", views.freelancer_score, name="freelancer"),
    path("<str:public_id>/readings/", views.reading_add, name="reading_add"),
    path("<str:public_id>/what-if/", what_if_views.what_if, name="what_if"),
    path("<str:public_id>/why/", movement_views.why, name="why"),
    path("<str:public_id>/lifts/", lifts_views.lifts, name="lifts"),
    path("<str:public_id>/calibration/", readings_views.readings_page, name="readings_page"),
    path("<str:public_id>/readings/paste/", readings_views.readings_paste, name="readings_paste"),
    path("<str:public_id>/calibration/keep/", readings_views.fit_keep, name="fit_keep"),
    path("<str:public_id>/calibration/forget/", readings_views.fit_forget, name="fit_forget"),
    path("<str:public_id>/top-rated/", lifts_views.top_rated, name="top_rated"),
]
