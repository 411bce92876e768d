"""All URLs of the product."""

from django.urls import URLPattern, URLResolver, include, path

from freelance_ops import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("contracts/", include("contracts.urls")),
    path("jss/", include("jss.urls")),
]
