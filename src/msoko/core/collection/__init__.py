"""Files that arrive: reading, recognising, naming, judging. Pure: bytes and definitions in, readings out."""
