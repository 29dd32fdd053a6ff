"""Brings models to this machine, and looks whether they are still whole."""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.model_stages import CheckModel, FetchModel, ImportModel, LookUpModels
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.speech.whisper_folder import check_whisper_folder


def perform(
    request: LookUpModels | FetchModel | ImportModel | CheckModel,
    reporter: Reporter,
    deliver: Callable[[object], None],
) -> object:
    """Do what is asked for.

    Raises:
        UsageError: ``bad_usage`` for a hub's address that is none.
        UnavailableError: ``hub_unreachable`` or ``model_busy``.
        InputError: ``bad_model``, ``model_refused``, ``disk_full`` and what else the requests' functions list.
        Cancelled: on request.
    """
    match request:
        case LookUpModels(models, hub):
            from fastclip_desktop.inference.weights import look_up

            return look_up(models, hub, reporter)
        case FetchModel():
            from fastclip_desktop.inference.weights import fetch_model

            return fetch_model(request, check_whisper_folder, reporter, deliver)
        case ImportModel():
            from fastclip_desktop.inference.own_models import import_model

            return import_model(request, check_whisper_folder, reporter, deliver)
        case CheckModel(folder, files):
            from fastclip_desktop.inference.own_models import reread

            return reread(folder, files, reporter)
