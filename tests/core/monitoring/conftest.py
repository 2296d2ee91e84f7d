"""The first use of Arrow in a process takes seconds: a time limit for an example would measure that, not the law."""

from hypothesis import settings

settings.register_profile("without a time limit", deadline=None)
settings.load_profile("without a time limit")
