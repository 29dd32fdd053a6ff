"""Asks what shorts are to be, shows at once what that looks like, and sends them off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QUndoCommand

from fastclip_desktop.domain.framing import Layout
from fastclip_desktop.domain.job import GivenWords, ShortsRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.short_look import Framing, Hold, ShortLook, ShortsWish, WantedShort
from fastclip_desktop.domain.short_presets import CAPTION_STYLES, CUSTOMISED, PRESETS, look_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.shorts.camera import CameraDesk
from fastclip_desktop.gui.shorts.composition import compose, frame_size
from fastclip_desktop.gui.shorts.frame_overlay import FrameOverlay
from fastclip_desktop.gui.shorts.pane import ShortsPane
from fastclip_desktop.gui.shorts.preview import ShortPreview
from fastclip_desktop.gui.shorts.written import Written
from fastclip_desktop.gui.source_words import WordsState
from fastclip_desktop.settings.own_look import read_own_look, write_own_look
from fastclip_desktop.settings.shorts_wish import read_shorts_wish, write_shorts_wish

if TYPE_CHECKING:
    from fastclip_desktop.gui.shorts.place import ShortsPlace

_PLAYING = 125
"""Milliseconds between two pictures of the preview while the source plays."""

_KEPT_AFTER = 800
"""Milliseconds of rest after which what was asked for is written down."""


class _Framed(QUndoCommand):
    """From some places of the frame to others."""

    def __init__(self, desk: ShortsDesk, before: tuple[Hold, ...], after: tuple[Hold, ...], name: str) -> None:
        super().__init__(name)
        self._desk, self._before, self._after = desk, before, after

    def redo(self) -> None:
        self._desk.show_holds(self._after)

    def undo(self) -> None:
        self._desk.show_holds(self._before)


class ShortsDesk(QObject):
    """The shorts of one window.

    Signals:
        wish_changed: the ``ShortsWish`` for the source that is open, after a change by hand.
        captions_wanted: a file with what is said is to be chosen.

    Attributes:
        pane: where it is asked for.
        preview: what a short looks like, beside the player's picture.
        overlay: the frame over the player's picture; ``None`` before a source was open.
        camera: knows where the frame is.
    """

    wish_changed = Signal(object)
    captions_wanted = Signal()

    def __init__(self, place: ShortsPlace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._media: MediaFile | None = None
        self._is_shown = False
        self._drawn_from: tuple[Hold, ...] | None = None
        self._drawn_at = Fraction(0)
        self._own: ShortLook | None = None
        self._shows_before = False
        self.pane = ShortsPane(PRESETS, CAPTION_STYLES)
        self.preview = ShortPreview()
        self.camera = CameraDesk(place.bridge, self)
        self.overlay: FrameOverlay | None = None
        self._written = Written(place.words, self)
        self._look_again = _timer(self, _PLAYING, self._show_picture)
        self._keeping = _timer(self, _KEPT_AFTER, self._keep)
        pane = self.pane
        pane.wish_changed.connect(self._tell)
        pane.preset_wanted.connect(self._put_on)
        pane.style_kept.connect(self._keep_style)
        pane.make_wanted.connect(self.make)
        self.preview.resized.connect(self._show_picture)
        self.preview.pressed.connect(lambda: self._compare(before=True))
        self.preview.released.connect(lambda: self._compare(before=False))
        self.camera.changed.connect(self._show_camera)
        place.history.changed.connect(self._show_ticked)
        for part in (pane, self.preview):
            place.theme.changed.connect(part.wear)
            part.wear(place.theme.palette)
        folder = place.choices.folder
        place.bridge.lane.do(self, lambda: read_shorts_wish(folder), self._remember)
        place.bridge.lane.do(self, lambda: read_own_look(folder), self._learn_own)
        self._show_ticked()

    @property
    def wish(self) -> ShortsWish:
        """What is asked for now."""
        return self.pane.wish

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to make shorts of."""
        self._media, self._drawn_from, self._shows_before = media, None, False
        if self.overlay is not None:
            self.overlay.hide()
        look = replace(self.wish.look, holds=())
        self.pane.show_wish(replace(self.wish, look=look, hook="", call_to_action=""))
        self.pane.show_missing("" if media is not None else self.tr("Open a link or a file first"))
        self.camera.show_source(media)
        if media is not None and self.overlay is None:
            self._watch_editor()
        self._show_beside()
        self._follow()

    def take(self, wish: ShortsWish) -> None:
        """Go on with what was asked for at another time."""
        self.pane.show_wish(wish)
        self._follow()

    def begin(self) -> None:
        """The tab is in sight: show frame and picture."""
        self._is_shown = True
        self.camera.find_again()
        self._show_beside()
        self._follow()

    def rest(self) -> None:
        """It is no more."""
        self._is_shown = self._shows_before = False
        self.preview.hide()
        if self.overlay is not None:
            self.overlay.hide()

    def show_holds(self, holds: tuple[Hold, ...]) -> None:
        """Have the frame be where it was put."""
        self.pane.show_wish(replace(self.wish, look=replace(self.wish.look, holds=holds)))
        self._tell()

    @Slot()
    def make(self) -> None:
        """Send the shorts off."""
        media, place, wish = self._media, self._place, self.wish
        if media is None:
            return
        segments: tuple[WantedShort, ...] = ()
        if self.pane.wants_ticked:
            segments = tuple(WantedShort(cut.span) for cut in place.history.ticked)
        look, given = _as_framed(wish.look), place.words.request_transcript
        if segments and look.captions is not None and self._nobody_knows_the_words:
            look = replace(look, captions=None)
            self.pane.notice.show_answer(
                self.tr("Nobody wrote down what is said, so these shorts have no captions."),
                self.tr("A file with captions brings them, or a model that hears words (Settings, AI models)."),
                Remedy(self.tr("Choose captions …"), self.captions_wanted.emit),
            )
        place.exporting.send(
            (
                ShortsRequest(
                    media.source,
                    place.output.choice.destination,
                    look=look,
                    segments=segments,
                    query="" if segments else place.panel.prompt.words,
                    count=None if segments else wish.count,
                    preferred=None if segments else wish.preferred,
                    hook=wish.hook,
                    call_to_action=wish.call_to_action,
                    adds_hooks=wish.adds_hooks,
                    adds_calls=wish.adds_calls,
                    words=GivenWords(file=given),
                    joins=wish.joins,
                    title=media.title,
                ),
            )
        )

    @property
    def _nobody_knows_the_words(self) -> bool:
        """Whether they are not known, and no model is there that could hear them."""
        words = self._place.words
        is_silent = words.state in (WordsState.UNKNOWN, WordsState.FAILED)
        return is_silent and not (words.offer is not None and words.offer.model)

    # What is seen

    @Slot()
    def _follow(self) -> None:
        """Look where the frame is by what is asked for now, and show it."""
        self._look()
        self._show_camera()

    def _look(self) -> None:
        if self._is_shown and self._media is not None:
            self.camera.look(_as_framed(self.wish.look), self._picture_size(), self._span(), self._at)

    @Slot()
    def _show_camera(self) -> None:
        if not self._is_shown:
            return
        self._show_notice()
        self._show_windows()
        self._show_picture()

    @Slot()
    def _show_picture(self) -> None:
        """Show the frame as it will be, or what it was before."""
        self._look_again.stop()
        if not self._is_shown:
            return
        picture = self._picture()
        preview, look = self.preview, self.wish.look
        if picture.isNull():
            preview.show_message(self.tr("There is no picture to make shorts of.") if self._media else "")
            return
        ratio = look.aspect.ratio
        preview.show_shape(float(ratio) if ratio is not None else picture.width() / picture.height())
        room = preview.size() * preview.devicePixelRatioF()
        if self._shows_before:
            preview.show_image(picture.scaled(frame_size(None, picture.size(), room)))
            return
        size = frame_size(look.aspect.ratio, picture.size(), room)
        view = self.camera.at(self._at)
        span = self._span()
        seconds = float(self._at - span.start) if span is not None else 0.0
        made = compose(picture, size, look.framing, view.layout, view.windows, seconds)
        over = self._written.at(self._at, size, self.wish, span)
        if over is not None:
            painter = QPainter(made)
            painter.drawImage(0, 0, over)
            painter.end()
        preview.show_image(made)

    @Slot()
    def _move(self) -> None:
        """The playhead is elsewhere; while it plays, not every picture is worth a look."""
        if not self._is_shown:
            return
        self._look()
        if not self._place.editor().player.playback.is_playing:
            self._show_camera()
        elif not self._look_again.isActive():
            self._look_again.start()
            self._show_windows()

    def _show_windows(self) -> None:
        """Show over the player's picture what of it will be seen."""
        if self.overlay is not None and self._media is not None:
            view = self.camera.at(self._at)
            shown = view.windows if view.layout is not Layout.WHOLE else ()
            self.overlay.show_windows(self._picture_size(), shown, can_move=view.layout is Layout.WINDOW)

    def _compare(self, *, before: bool) -> None:
        self._shows_before = before
        self._show_picture()

    def _picture(self) -> QImage:
        """What is on the screen of the player."""
        if self._media is None:
            return QImage()
        player = self._place.editor().player
        if not player.view.image.isNull():
            return player.view.image
        return player.playback.sink.videoFrame().toImage()

    def _picture_size(self) -> QSize:
        info = self._media.info if self._media is not None else None
        video = info.picture if info is not None else None
        if video is not None:
            return QSize(*video.display_size)
        image = self._picture()
        return image.size() if not image.isNull() else QSize(16, 9)

    def _span(self) -> TimeRange | None:
        """The cut that the playhead lies in."""
        at = self._at
        return next((cut.span for cut in self._place.history.cuts if cut.span.contains(at)), None)

    @property
    def _at(self) -> Fraction:
        return self._place.editor().player.at if self._media is not None else Fraction(0)

    def _show_notice(self) -> None:
        """Say what keeps the frame from doing what was asked of it."""
        notice, wants_faces = self.pane.notice, self.wish.look.framing is Framing.FACES
        if not wants_faces:
            notice.clear()
        elif self._media is not None and self._media.path is None:
            notice.show_answer(
                self.tr("Faces in a link are found when its shorts are made."),
                self.tr("Until then the middle of the picture is shown."),
            )
        elif self.camera.is_looking:
            notice.show_answer(self.tr("Looking for faces …"), "")
        elif self.camera.error is not None:
            notice.show_error(self.camera.error, Remedy(self.tr("Try again"), self.camera.find_again))
        elif not self.camera.has_model:
            notice.show_answer(
                self.tr("No model that finds faces is on this machine."),
                self.tr("Until then the middle of the picture is shown."),
                Remedy(self.tr("Get it"), lambda: self._place.settings.open_page("models")),
            )
        else:
            notice.clear()

    def _show_beside(self) -> None:
        self.preview.setVisible(self._is_shown and self._media is not None)

    # What is changed

    @Slot()
    def _tell(self) -> None:
        self._follow()
        self._keeping.start()
        self.wish_changed.emit(self.wish)

    @Slot(str)
    def _put_on(self, preset: str) -> None:
        """Look like a preset; the shape and where the frame was put stay."""
        look = self.wish.look
        worn = look_of(preset, self._own)
        self.pane.show_wish(replace(self.wish, look=replace(worn, aspect=look.aspect, holds=look.holds)))
        self._tell()

    @Slot(float, float)
    def _draw(self, x: float, y: float) -> None:
        """The hand draws the frame: from where it took hold of it on it is to be there, even while the source plays."""
        holds = self.wish.look.holds
        if self._drawn_from is None:
            self._drawn_from, self._drawn_at = holds, self._at
        at, half = self._drawn_at, self._place.editor().timeline.contents.frame / 2
        others = [hold for hold in holds if abs(hold.time - at) > half]
        drawn = tuple(sorted((*others, Hold(at, x, y)), key=lambda hold: hold.time))
        self.pane.show_wish(replace(self.wish, look=replace(self.wish.look, holds=drawn)))
        self._follow()

    @Slot()
    def _place_frame(self) -> None:
        before, self._drawn_from = self._drawn_from, None
        after = self.wish.look.holds
        if before is not None and before != after:
            self._place.history.stack.push(_Framed(self, before, after, self.tr("Draw the frame")))

    @Slot()
    def _free_frame(self) -> None:
        """Let the frame find its place again in the clip that is looked at; everywhere, outside of clips."""
        span, before = self._span(), self.wish.look.holds
        after = tuple(hold for hold in before if span is not None and not span.contains(hold.time))
        if before != after:
            self._place.history.stack.push(_Framed(self, before, after, self.tr("Free the frame")))

    @Slot()
    def _show_ticked(self) -> None:
        self.pane.show_ticked(len(self._place.history.ticked))

    # What is kept

    def _remember(self, wish: ShortsWish | None) -> None:
        """Begin with what was asked for last, unless something was asked for meanwhile."""
        if wish is not None and self.wish == ShortsWish():
            self.pane.show_wish(wish)
            self._follow()

    def _learn_own(self, kept: tuple[ShortLook | None, str]) -> None:
        self._own, warning = kept
        if warning:
            self.pane.notice.show_answer(warning, "")

    @Slot()
    def _keep_style(self) -> None:
        """Have the preset of the person's own look like this from now on."""
        look = replace(self.wish.look, preset=CUSTOMISED)
        self._own, folder = replace(look, holds=()), self._place.choices.folder
        self._place.bridge.lane.do(self, lambda: write_own_look(folder, look), failed=self.pane.notice.show_error)
        self.pane.show_wish(replace(self.wish, look=look))
        self._tell()

    @Slot()
    def _keep(self) -> None:
        folder, wish = self._place.choices.folder, self.wish
        self._place.bridge.lane.do(
            self, lambda: write_shorts_wish(folder, wish), failed=self._place.choices.unsaved.emit
        )

    def _watch_editor(self) -> None:
        editor = self._place.editor()
        editor.player.stand_beside(self.preview)
        self.overlay = FrameOverlay(editor.player.view)
        self.overlay.moved.connect(self._draw)
        self.overlay.placed.connect(self._place_frame)
        self.overlay.freed.connect(self._free_frame)
        editor.player.moved.connect(self._move)
        editor.player.scrubbing.shown.connect(self._move)


def _as_framed(look: ShortLook) -> ShortLook:
    """The look without the places of a frame where all of the picture is wanted; they count again with another one."""
    return replace(look, holds=()) if look.framing in (Framing.BLUR, Framing.AURA) else look


def _timer(owner: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer
