"""How it is written down: one content, many forms (page, DOCX, PDF, XLSX, CSV). No Django."""
