"""Models that run on this machine: where they lie, and those of llama.cpp."""
