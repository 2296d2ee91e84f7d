"""Programmes and roadmaps: from a signed document to dated activities with executors."""
