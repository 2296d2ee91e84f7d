"""How well the signals see and how often they err: works, touched or not (`touching`), are looked at by the methods
themselves (`trials`), many times (`measuring`). What was measured ships as definitions/validation/results.json.
"""
