"""URLs of the contract pages."""

from django.urls import path

from contracts import contract_change_views as change
from contracts import contract_views as views
from contracts import feedback_views

urlpatterns = [
    path("", views.contract_list, name="list"),
    path("export.csv", views.export_csv, name="export_csv"),
    path("export.xlsx", views.export_xlsx, name="export_xlsx"),
    path("new/", change.contract_new, name="contract_new"),
    path("undo/<public_id:public_id>/", views.change_undo, name="change_undo"),
    path("<public_id:public_id>/", views.contract, name="contract"),
    path("<public_id:public_id>/edit/", change.contract_change, name="contract_edit"),
    path("<public_id:public_id>/close/", change.contract_end, name="contract_close"),
    path("<public_id:public_id>/deliver/", change.contract_deliver, name="closeout_deliver"),
    path("<public_id:public_id>/reopen/", change.contract_open_again, name="contract_reopen"),
    path("<public_id:public_id>/delete/", change.contract_remove, name="contract_delete"),
    path(
        "<public_id:public_id>/feedback/<str:direction>/", feedback_views.feedback, name="feedback"
    ),
    path(
        "<public_id:public_id>/feedback/<str:direction>/remove/",
        feedback_views.feedback_remove,
        name="feedback_remove",
    ),
    path("<public_id:public_id>/log/", feedback_views.log_add, name="log_add"),
    path(
        "<public_id:public_id>/log/<public_id:entry_id>/",
        feedback_views.log_entry,
        name="log_entry",
    ),
    path(
        "<public_id:public_id>/log/<public_id:entry_id>/delete/",
        feedback_views.log_remove,
        name="log_remove",
    ),
]
