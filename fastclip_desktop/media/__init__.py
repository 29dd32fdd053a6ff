"""Reading, cutting, encoding and checking media with PyAV; the only room that opens containers."""
