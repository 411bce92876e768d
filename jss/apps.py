from django.apps import AppConfig


class JssConfig(AppConfig):
    name = "jss"
