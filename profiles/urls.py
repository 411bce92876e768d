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
    path("new/<public_id:public_id>/", profile_views.create, name="create"),
    path("changes/<public_id:public_id>/undo/", profile_views.undo, name="change_undo"),
    path("dismissals/<public_id:public_id>/take-up/", profile_views.take_up, name="take_up"),
    path("versions/<public_id:public_id>/restore/", version_views.restore, name="restore"),
    path("of/<public_id:public_id>/figures/", figures_views.figures, name="figures"),
    path("of/<public_id:public_id>/figures/week/", figures_views.week_add, name="week_add"),
    path("of/<public_id:public_id>/figures/paste/", figures_views.weeks_paste, name="weeks_paste"),
    path("weeks/<public_id:public_id>/remove/", figures_views.week_delete, name="week_delete"),
    path("of/<public_id:public_id>/checklists/", checklist_views.checklists, name="checklists"),
    path("of/<public_id:public_id>/checklists/<str:item>/", checklist_views.tick, name="tick"),
    path(
        "of/<public_id:public_id>/skills/", checklist_views.skills_reviewed, name="skills_reviewed"
    ),
    path("of/<public_id:public_id>/match/", match_views.match, name="match"),
    path("of/<public_id:public_id>/rates/", rates_views.rates, name="rates"),
    path("of/<public_id:public_id>/target-rate/", rates_views.target_rate, name="target_rate"),
    path("<public_id:public_id>/", draft_views.draft, name="draft"),
    path("<public_id:public_id>/lists/<str:name>/", draft_views.list_save, name="list_save"),
    path("<public_id:public_id>/clean/", profile_views.clean, name="clean"),
    path("<public_id:public_id>/dismiss/", profile_views.dismiss, name="dismiss"),
    path("<public_id:public_id>/remove/", profile_views.remove, name="remove"),
    path("<public_id:public_id>/put-back/", profile_views.put_back, name="put_back"),
    path("<public_id:public_id>/preview/", preview_views.preview, name="preview"),
    path("<public_id:public_id>/versions/", version_views.versions, name="versions"),
    path("<public_id:public_id>/publish/", version_views.publish, name="publish"),
]
