"""Who: organisations, people, rights, the audit of what was done."""
