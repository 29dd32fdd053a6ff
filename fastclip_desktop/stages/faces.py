"""The stage that finds faces."""

from __future__ import annotations

from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import FindFaces
from fastclip_desktop.inference.onnx_graph import read_onnx
from fastclip_desktop.media.faces import find_faces


def perform(request: FindFaces, reporter: Reporter) -> tuple[FaceFindings, ...]:
    """Look through each span.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.faces.find_faces`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    read_onnx(request.model.path)  # a network may also name other files to take weights from
    findings = find_faces(request.media, request.spans, request.model.path, reporter)
    reporter.report(1)
    return findings
