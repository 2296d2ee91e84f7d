"""What this room announces to the rooms to its right, which it doesn't know (values of organisations go stale)."""

from django.dispatch import Signal

organisations_merged = Signal()  # duplicate: Organisation, into: Organisation
organisations_placed = Signal()  # ids: list[int] of schools that have changed their municipality
