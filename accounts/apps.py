from django.apps import AppConfig
from django.urls import register_converter


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.public_ids import PublicIdConverter  # noqa: PLC0415  # it has models

        register_converter(PublicIdConverter, "public_id")
