"""The documents: a folder each, with manifest.yaml (what it is) and content.py (`build(data) -> Document`)."""
