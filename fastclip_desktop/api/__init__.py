"""The HTTP interface of this machine: the hosted contracts, answered by the engine."""
