"""Runs one program and prints its exit code, wall seconds and greatest resident set in KB: ``launch.py LOG PROGRAM …``.

A process of its own, and a small one: Linux begins to count a program's memory with that of whoever started it.
"""

import os
import sys
import time


def main() -> None:
    log, *command = sys.argv[1:]
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    silence = os.open(os.devnull, os.O_RDONLY)
    files = [(os.POSIX_SPAWN_DUP2, silence, 0), (os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    print(os.waitstatus_to_exitcode(status), time.perf_counter() - began, usage.ru_maxrss)


if __name__ == "__main__":
    main()
