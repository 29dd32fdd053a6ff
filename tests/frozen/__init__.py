"""What the packaged application must be able to do, on its own: ``make package-check PROGRAMS=dist/fastclip-desktop``.

These tests know the folder of the two programs and nothing of the source tree; a copy of this folder, pytest and Python
are all they need. Without ``FASTCLIP_PROGRAMS``, which names the folder, none of them is collected.
"""
