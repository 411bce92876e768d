"""URLs of the proposals."""

from django.urls import path

from proposals import (
    board_views,
    composer_views,
    connects_views,
    learning_views,
    stage_views,
    text_views,
)

app_name = "proposals"
OF, ENTRY = "connects/of/<public_id:public_id>", "connects/entries/<public_id:public_id>"
CONNECTS = [
    path("connects/", connects_views.connects, name="connects"),
    path(f"{OF}/", connects_views.connects_of, name="connects_of"),
    path(f"{OF}/add/", connects_views.entry_create, name="connects_add"),
    path(f"{OF}/had/", connects_views.balance_set, name="connects_had"),
    path(f"{OF}/paste/", connects_views.history_paste, name="connects_paste"),
    path(f"{OF}/bought/", connects_views.purchases_take, name="connects_bought"),
    path(f"{ENTRY}/remove/", connects_views.entry_delete, name="connects_remove"),
    path(f"{ENTRY}/back/", connects_views.entry_came_back, name="connects_back"),
    path("connects/changes/<public_id:public_id>/undo/", connects_views.undo, name="connects_undo"),
]
urlpatterns = [
    path("", board_views.board, name="board"),
    path("works/", learning_views.works, name="works"),
    path("new/", composer_views.new, name="new"),
    path("no-answer/", board_views.no_answer, name="no_answer"),
    path("no-answer/undo/", board_views.no_answer_undo, name="no_answer_undo"),
    path("moves/<public_id:public_id>/undo/", board_views.undo, name="move_undo"),
    path("texts/", text_views.texts, name="texts"),
    path("texts/new/", text_views.text_new, name="text_new"),
    path("texts/<public_id:public_id>/", text_views.text, name="text"),
    path("texts/<public_id:public_id>/remove/", text_views.text_remove, name="text_remove"),
    path("texts/<public_id:public_id>/put-back/", text_views.text_put_back, name="text_put_back"),
    path("placeholders/new/", text_views.placeholder_new, name="placeholder_new"),
    path("placeholders/<public_id:public_id>/", text_views.placeholder, name="placeholder"),
    *CONNECTS,
    path("<public_id:public_id>/", composer_views.compose, name="compose"),
    path("<public_id:public_id>/facts/", composer_views.facts, name="facts"),
    path("<public_id:public_id>/template/", composer_views.template, name="template"),
    path("<public_id:public_id>/text-back/", composer_views.back, name="text_back"),
    path("<public_id:public_id>/block/", composer_views.block, name="block"),
    path("<public_id:public_id>/copied/", composer_views.copied, name="copied"),
    path("<public_id:public_id>/sent/", composer_views.sent, name="sent"),
    path("<public_id:public_id>/stage/", stage_views.stage, name="stage"),
    path("<public_id:public_id>/move/", board_views.move, name="move"),
    path("<public_id:public_id>/follow-up/", stage_views.follow_up, name="follow_up"),
    path("<public_id:public_id>/remove/", stage_views.remove, name="remove"),
    path("<public_id:public_id>/put-back/", stage_views.put_back, name="put_back"),
]
