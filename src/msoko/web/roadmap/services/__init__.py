"""Orders of this room. Each is one transaction and leaves an entry in the audit."""
