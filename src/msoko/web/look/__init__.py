"""The look: frame of the pages, components, template tags, static files, the design page."""
