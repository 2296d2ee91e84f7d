"""«Обзор»: what has come in, what is missing, what needs somebody today."""
