"""The timeline: the source from end to end, what is known of it, and the cuts that become clips."""
