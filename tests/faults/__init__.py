"""The whole engine under kill -9, on a full disk, and with clocks that jump."""
