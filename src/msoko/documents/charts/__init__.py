"""Pictures, one module a picture: numbers in; SVG, PNG, a sentence and a table out."""
