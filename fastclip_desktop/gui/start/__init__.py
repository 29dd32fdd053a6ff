"""What is seen before a source is open."""
