"""МСОКО: the management cycle of a municipal education department, as a running system."""
