"""Figures of a procedure: statistics that add up from class to country, and what is computed from them."""
