"""The page with every clip."""
