"""«Насколько можно верить сигналам»: what `msoko validate` has measured, as a document and as docs/validation.md."""
