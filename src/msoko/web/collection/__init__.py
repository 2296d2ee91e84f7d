"""Files come in, are read, shown, accepted and, where need be, withdrawn."""
