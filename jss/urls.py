"""URLs of the Job Success Score."""

from django.urls import path

from jss import (
    agency_views,
    answer_views,
    history_views,
    lifts_views,
    movement_views,
    readings_views,
    recovery_views,
    views,
    what_if_views,
)

app_name = "jss"
urlpatterns = [
    path("", views.score, name="score"),
    path("rules/", views.rules_change, name="rules_change"),
    path("agency/", agency_views.agency, name="agency"),
    path("contract/<public_id:public_id>/", views.contract_effect, name="contract_effect"),
    path("readings/<public_id:public_id>/remove/", views.reading_remove, name="reading_remove"),
    path("<public_id:public_id>/", views.freelancer_score, name="freelancer"),
    path("<public_id:public_id>/readings/", views.reading_add, name="reading_add"),
    path("<public_id:public_id>/what-if/", what_if_views.what_if, name="what_if"),
    path("<public_id:public_id>/why/", movement_views.why, name="why"),
    path("<public_id:public_id>/lifts/", lifts_views.lifts, name="lifts"),
    path("<public_id:public_id>/calibration/", readings_views.readings_page, name="readings_page"),
    path(
        "<public_id:public_id>/readings/paste/",
        readings_views.readings_paste,
        name="readings_paste",
    ),
    path("<public_id:public_id>/calibration/keep/", readings_views.fit_keep, name="fit_keep"),
    path("<public_id:public_id>/calibration/forget/", readings_views.fit_forget, name="fit_forget"),
    path("<public_id:public_id>/top-rated/", lifts_views.top_rated, name="top_rated"),
    path("<public_id:public_id>/history/", history_views.history, name="history"),
    path("<public_id:public_id>/history.csv", history_views.history_csv, name="history_csv"),
    path("<public_id:public_id>/recovery/", recovery_views.recovery, name="recovery"),
    path(
        "<public_id:public_id>/recovery/note/<public_id:contract_id>/",
        recovery_views.recovery_note,
        name="recovery_note",
    ),
    path(
        "<public_id:public_id>/recovery/language/<public_id:client_id>/",
        recovery_views.recovery_language,
        name="recovery_language",
    ),
    path(
        "<public_id:public_id>/recovery/answer/",
        answer_views.recovery_answer,
        name="recovery_answer",
    ),
    path(
        "<public_id:public_id>/recovery/answer/reset/",
        answer_views.recovery_answer_reset,
        name="recovery_answer_reset",
    ),
    path(
        "recovery-answer/undo/<public_id:event_id>/",
        answer_views.recovery_answer_undo,
        name="recovery_answer_undo",
    ),
]
