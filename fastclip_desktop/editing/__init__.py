"""Moments to timelines; pure."""
