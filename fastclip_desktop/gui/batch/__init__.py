"""Several sources at once."""
