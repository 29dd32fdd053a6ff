"""The code that a runner carries out: one module a stage."""
