"""A signed document becomes roadmaps, sections and activities, each with the confidence of its reading."""
