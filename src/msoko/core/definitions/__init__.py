"""Loading and checking of definitions: the package's own and, over them, a municipality's folder."""
