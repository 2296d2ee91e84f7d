from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "msoko.web.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from msoko.web.collection.services.stale import when_merged, when_placed
        from msoko.web.people.signals import organisations_merged, organisations_placed

        organisations_placed.connect(when_placed, dispatch_uid="collection.when_placed")
        organisations_merged.connect(when_merged, dispatch_uid="collection.when_merged")
