"""Subtitles and speech to transcripts."""
