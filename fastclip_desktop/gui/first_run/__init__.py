"""The first steps: where clips go, which models to fetch, and a talk to try it with."""
