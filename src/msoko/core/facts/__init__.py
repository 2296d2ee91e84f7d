"""Accepted rows: the shapes of a batch, its summary, and immutable files under the hash of their content."""
