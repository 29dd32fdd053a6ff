"""Frozen values that every room speaks in. Standard library only, no input or output."""
