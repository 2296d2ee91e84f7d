"""From stored values to «Аналитическая справка по процедуре»: the same numbers as on the page."""
