"""What is being done, what waits and what has ended: how it is grouped, told and shown."""
