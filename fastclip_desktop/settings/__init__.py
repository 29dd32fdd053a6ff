"""Folders and preferences."""
