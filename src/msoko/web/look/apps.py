from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "msoko.web.look"
    label = "look"
    verbose_name = "Вид"
