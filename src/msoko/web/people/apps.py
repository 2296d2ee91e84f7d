"""The room «people» as Django knows it."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PeopleConfig(AppConfig):
    name = "msoko.web.people"
    label = "people"
    verbose_name = "Люди и организации"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from msoko.web.people.connections import ask_sqlite_for_its_real_limit

        connection_created.connect(ask_sqlite_for_its_real_limit)
