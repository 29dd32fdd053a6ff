"""Saying what to look for, and what was found: the prompt with its hints, and the cards."""
