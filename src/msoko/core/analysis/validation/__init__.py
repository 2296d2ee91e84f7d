"""How well the signals see: manipulation put into data, and how it is found. Pure functions over arrays."""
