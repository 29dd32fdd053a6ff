"""What this machine can decode, encode and compute with, found by trying; and which device does what."""
