"""Models that run on this machine: where they lie, and those of llama.cpp."""

import os

# llama.cpp reads both when it is loaded. Its threads wait for one another by counting, and lose their turn to whatever
# else runs: on two busy cores an hour of speech took two and a half times as long, and four times the processor's time.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# When it fails it starts a debugger to say where.
os.environ.setdefault("GGML_NO_BACKTRACE", "1")
