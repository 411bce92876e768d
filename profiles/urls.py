"""URLs of the profiles."""

from django.urls import path

from profiles import (
    checklist_views,
    draft_views,
    figures_views,
    match_views,
    preview_views,
    profile_views,
    rates_views,
    version_views,
)

app_name = "profiles"
urlpatterns = [
    path("", profile_views.index, name="index"),
    path("new/<str:public_id>/", profile_views.create, name="create"),
    path("changes/<str:public_id>/undo/", profile_views.undo, name="change_undo"),
    path("dismissals/<str:public_id>/take-up/", profile_views.take_up, name="take_up"),
    path("versions/<str:public_id>/restore/", version_views.restore, name="restore"),
    path("of/<str:public_id>/figures/", figures_views.figures, name="figures"),
    path("of/<str:public_id>/figures/week/", figures_views.week_add, name="week_add"),
    path("of/<str:public_id>/figures/paste/", figures_views.weeks_paste, name="weeks_paste"),
    path("weeks/<str:public_id>/remove/", figures_views.week_delete, name="week_delete"),
    path("of/<str:public_id>/checklists/", checklist_views.checklists, name="checklists"),
    path("of/<str:public_id>/checklists/<str:item>/", checklist_views.tick, name="tick"),
    path("of/<str:public_id>/skills/", checklist_views.skills_reviewed, name="skills_reviewed"),
    path("of/<str:public_id>/match/", match_views.match, name="match"),
    path("of/<str:public_id>/rates/", rates_views.rates, name="rates"),
    path("of/<str:public_id>/target-rate/", rates_views.target_rate, name="target_rate"),
    path("<str:public_id>/", draft_views.draft, name="draft"),
    path("<str:public_id>/lists/<str:name>/", draft_views.list_save, name="list_save"),
    path("<str:public_id>/clean/", profile_views.clean, name="clean"),
    path("<str:public_id>/dismiss/", profile_views.dismiss, name="dismiss"),
    path("<str:public_id>/remove/", profile_views.remove, name="remove"),
    path("<str:public_id>/put-back/", profile_views.put_back, name="put_back"),
    path("<str:public_id>/preview/", preview_views.preview, name="preview"),
    path("<str:public_id>/versions/", version_views.versions, name="versions"),
    path("<str:public_id>/publish/", version_views.publish, name="publish"),
]
