"""Proof that clips hold exactly what was asked for, over every kind of source that the test media can imitate."""
