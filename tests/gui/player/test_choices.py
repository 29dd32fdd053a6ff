"""The row's menus: sound tracks, captions, and the clip that is repeated."""

from __future__ import annotations

from fractions import Fraction

from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.player.transport import Transport


def shown(qtbot: QtBot) -> Transport:
    transport = Transport()
    qtbot.addWidget(transport)
    transport.resize(900, 40)
    transport.show()
    return transport


def test_one_sound_track_is_no_choice(qtbot: QtBot) -> None:
    transport = shown(qtbot)
    transport.show_tracks(["1: English"], 0)
    assert not transport.tracks.isVisible()
    transport.show_tracks(["1: English", "2: Deutsch"], 1)
    assert transport.tracks.isVisible()
    assert transport.tracks.index == 1
    with qtbot.waitSignal(transport.track_chosen, check_params_cb=lambda index: index == 0):
        transport.tracks.menu().actions()[0].trigger()


def test_captions_can_be_shown_or_not(qtbot: QtBot) -> None:
    transport = shown(qtbot)
    transport.show_captions([], -1)
    assert not transport.captions.isVisible()
    transport.show_captions(["What is said", "Deutsch"], -1)
    assert transport.captions.offered == ("No captions", "What is said", "Deutsch")
    assert transport.captions.accessibleDescription() == "No captions"
    for place, index in ((2, 1), (0, -1)):
        with qtbot.waitSignal(transport.captions_chosen, check_params_cb=lambda chosen, index=index: chosen == index):
            transport.captions.menu().actions()[place].trigger()


def test_everything_has_its_room_in_a_narrow_window(qtbot: QtBot) -> None:
    transport = shown(qtbot)
    transport.show_captions(["What is said"], -1)
    transport.show_tracks(["1", "2"], 0)
    transport.show_length(Fraction(7110))
    for width in (510, 600, 640, 710, 800, 1000):
        transport.resize(width, 40)
        qtbot.waitUntil(lambda width=width: transport.width() == width)
        assert transport.layout().minimumSize().width() <= width
