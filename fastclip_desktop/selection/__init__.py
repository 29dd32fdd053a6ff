"""Transcript and query to moments; pure."""
