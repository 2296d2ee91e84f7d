"""Who may sign in to a demonstration, and with what: for printing at the start."""

from django.conf import settings

from msoko.web.people.models import Kind, Organisation
from msoko.web.people.services.accounts import DemoAccount, create_demo_accounts


def demo_accounts() -> list[DemoAccount]:
    """One account a role, made where they lack; none outside a demonstration."""
    if not settings.DEMONSTRATION:
        return []
    municipality = Organisation.objects.real().filter(kind=Kind.MUNICIPALITY).order_by("pk").first()
    school = Organisation.objects.schools().filter(municipality=municipality).order_by("pk").first()
    if municipality is None or school is None:
        return []
    return create_demo_accounts(municipality, school)
