"""Findings: methods computed over stored values, their results kept with their history, decided about by people."""
