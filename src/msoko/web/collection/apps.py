from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "msoko.web.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
