"""All URLs of the product."""

from django.urls import URLPattern, URLResolver, include, path

from freelance_ops import calendar_views, frame_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("search/", frame_views.search, name="search"),
    path("keys/", frame_views.keys, name="keys"),
    path("theme/", frame_views.theme, name="theme"),
    path("sample/", views.sample_start, name="sample_start"),
    path("sample/remove/", views.sample_remove, name="sample_remove"),
    path("healthz", views.healthz, name="healthz"),
    path(
        "calendar/<public_id:public_id>/<str:signature>.ics",
        calendar_views.calendar_feed,
        name="calendar_feed",
    ),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("contracts/", include("contracts.urls")),
    path("mail/", include("outbox.urls")),
    path("profiles/", include("profiles.urls")),
    path("proposals/", include("proposals.urls")),
    path("jss/", include("jss.urls")),
]
