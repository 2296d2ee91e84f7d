"""Rules that find contradictions, one a file, found by folder.

A rule is `contradictions(statements, parameters)`, a pure function that yields what it finds.
"""
