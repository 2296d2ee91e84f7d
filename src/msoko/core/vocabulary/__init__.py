"""Words and small laws that every other room uses; no state, no input or output."""
