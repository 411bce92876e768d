"""URLs of contracts, their feedback and imports."""

from django.urls import include, path

app_name = "contracts"
urlpatterns = [
    path("import/", include("contracts.import_urls")),
    path("grid/", include("contracts.grid_urls")),
    path("closeout/", include("contracts.closeout.urls")),
    path("messages/", include("contracts.messages.urls")),
    path("", include("contracts.contract_urls")),
]
