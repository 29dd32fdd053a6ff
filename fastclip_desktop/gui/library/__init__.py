"""The library: a page with every clip that was ever made."""
