"""URLs of the grid."""

from django.urls import path

from contracts import grid_views

urlpatterns = [
    path("", grid_views.grid, name="grid"),
    path("paste/", grid_views.grid_paste, name="grid_paste"),
    path("undo/", grid_views.grid_undo, name="grid_undo"),
    path("<public_id:public_id>/<str:column>/", grid_views.grid_cell, name="grid_cell"),
]
