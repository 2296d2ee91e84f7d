from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "msoko.web.roadmap"
    label = "roadmap"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from msoko.web.people.signals import organisations_merged
        from msoko.web.roadmap.services.merging import when_merged

        organisations_merged.connect(when_merged, dispatch_uid="roadmap.when_merged")
