"""The facade that every front end talks to."""
