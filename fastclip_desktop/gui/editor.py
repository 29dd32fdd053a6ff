"""Player and timeline as one: where the playhead is, which cuts there are, and what the keys do to them.

It brings in what paints and plays, which takes longer than the window; nothing imports it before the first paint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.media import AudioStream, MediaFile, MediaInfo
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing import cuts as editing
from fastclip_desktop.editing.cuts import SHORTEST, Cuts, Side
from fastclip_desktop.editing.snapping import Mark
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.finding.lengths import under_way
from fastclip_desktop.gui.languages import language_name
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.player.captions import Captions
from fastclip_desktop.gui.player.player import Player
from fastclip_desktop.gui.player.screen import image_of
from fastclip_desktop.gui.player.stills import preparing_of, stills_of
from fastclip_desktop.gui.remote_playing import Playable, RemotePlaying
from fastclip_desktop.gui.source_reading import SourceReading, contents_of, measure
from fastclip_desktop.gui.timeline.timeline import Timeline
from fastclip_desktop.gui.tokens import Palette

_OPEN_END = Fraction(30)
"""Seconds of a cut whose end nobody knows yet, in a source of unknown length."""

_DOUBLE_CLICK = Fraction(10)
"""Seconds of a cut that is made by a double click where no shot is known."""

_LONGEST_SHOT = Fraction(60)
"""Seconds; in a longer one nobody means the whole of it."""

_WITHOUT_PICTURE = Fraction(1, 20)
"""Seconds by which an edge is nudged where there are no pictures."""

_CLOSE_UP = (160, 90)
"""Pixels into which each picture of the film strip fits at the highest zoom."""


class Editor(QObject):
    """The source that is open, seen and cut.

    Signals:
        keys_wanted: the list of keys is to be shown.
        menu_wanted: the place on the screen where the menu of what can be done with the cuts is to open.
    """

    keys_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, bridge: EngineBridge, history: CutHistory, palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self.history = history
        self.player = Player(stills_of(bridge, self), preparing_of(bridge, self))
        self.timeline = Timeline(palette)
        self.reading = SourceReading(bridge, self)
        self.remote = RemotePlaying(bridge, self)
        self.captions = Captions(bridge, lambda: self.timeline.contents.cues, self)
        self._repeats = False
        self.media: MediaFile | None = None
        self._holds_k = False
        self._connect()
        self.wear(palette)

    def open(self, media: MediaFile) -> None:
        """Show a source and begin to read it; its cuts come with the history."""
        self.media = media
        contents = contents_of(media)
        self.timeline.show_source(contents)
        message = ""
        if not contents.has_picture:
            message = self.tr("Only sound, no picture")
        self.player.open(media.path, contents.duration, contents.frame, message=message)
        self.remote.close()
        if media.path is None:
            self._open_remote(media)
        self.captions.open(media)
        self._show_tracks(media.info)
        self._follow_repeat()
        self.reading.read(media, contents)

    def open_again(self) -> None:
        """Read the open source from the beginning, such as with another engine, and show it as it was shown."""
        if self.media is not None:
            at, view = self.player.at, self.timeline.view
            self.open(self.media)
            self.timeline.set_cuts(self.history.cuts)
            self.timeline.show_view(view)
            self.player.seek(at)

    def close_source(self) -> None:
        """Show nothing and read nothing."""
        self.media = None
        self.reading.stop()
        self.remote.close()
        self.captions.open(None)
        self.player.close_source()

    def show_matches(self, moments: Sequence[Moment]) -> None:
        """Show how well which seconds fit the words that were looked for."""
        self.timeline.contents.set_matches(moments)
        self.timeline.refresh()

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self.player.wear(palette)
        self.timeline.wear(palette)

    def add(self, span: TimeRange, name: str) -> None:
        """Make a cut by hand, as far as the source goes, and choose it."""
        if self._duration > span.start:
            span = TimeRange(span.start, min(span.end, self._duration))
        cut = Cut(span)
        self.edit(editing.placed(self.history.cuts, (cut,)), name)
        self.timeline.select(frozenset({cut.id}))

    @Slot(object, str)
    def edit(self, cuts: Cuts, name: str) -> None:
        """Change the cuts."""
        if not self.history.edit(cuts, name):
            self.timeline.set_cuts(self.history.cuts)

    def mark_start(self) -> None:
        """Begin a cut where the playhead is, or move the start of the chosen one there."""
        at, chosen, end = self.player.at, self._only_chosen(), self._duration or self.player.at + _OPEN_END
        if chosen is not None and at <= chosen.span.end - SHORTEST:
            self._move_edge(chosen, Side.START, at, self.tr("Set start"))
        elif at <= end - SHORTEST:
            self.add(TimeRange(at, end), self.tr("Mark start"))

    def mark_end(self) -> None:
        """End the chosen cut where the playhead is, or one from the end of the cut before, or from the beginning."""
        at, chosen = self.player.at, self._only_chosen()
        if chosen is not None and at >= chosen.span.start + SHORTEST:
            self._move_edge(chosen, Side.END, at, self.tr("Set end"))
            return
        start = max((cut.span.end for cut in self.history.cuts if cut.span.end < at), default=Fraction(0))
        if at >= start + SHORTEST:
            self.add(TimeRange(start, at), self.tr("Mark end"))

    def split(self) -> None:
        """Make two of each chosen cut that the playhead lies in, or of any if none is chosen."""
        chosen = self.timeline.selected
        self.edit(editing.split(self.history.cuts, self.player.at, chosen or None), self.tr("Split"))

    def merge(self) -> None:
        """Make one of the chosen cuts."""
        self.edit(editing.merge(self.history.cuts, self.timeline.selected), self.tr("Merge"))

    def remove(self) -> None:
        """Take the chosen cuts away."""
        self.edit(editing.remove(self.history.cuts, self.timeline.selected), self.tr("Remove"))

    def show_cut(self, cut_id: str) -> None:
        """Choose a cut and go to its start."""
        cut = next((cut for cut in self.history.cuts if cut.id == cut_id), None)
        if cut is not None:
            self.timeline.select(frozenset({cut_id}))
            self.player.seek(cut.span.start)

    @Slot(str)
    def play_cut(self, cut_id: str) -> None:
        """Choose a cut and play it from its start."""
        self.show_cut(cut_id)
        self.player.play()

    def select_all(self) -> None:
        """Choose every cut."""
        self.timeline.select(frozenset(cut.id for cut in self.history.cuts))

    def move(self, seconds: Fraction) -> None:
        """Go so far on; negative for back."""
        self.player.seek(self.player.at + seconds)

    def go_to_end(self) -> None:
        """Go to the last picture."""
        self.player.seek(self._duration)

    def go_to_edge(self, direction: int) -> None:
        """Go to the next edge of a cut, or with -1 to the one before."""
        edges = sorted({edge for cut in self.history.cuts for edge in (cut.span.start, cut.span.end)})
        place = bisect_right(edges, self.player.at) if direction > 0 else bisect_left(edges, self.player.at) - 1
        if 0 <= place < len(edges):
            self.player.seek(edges[place])

    def go_to_key_frame(self, direction: int) -> None:
        """Go to the next key frame, or with -1 to the one before."""
        keys, at = self.timeline.contents.marks.get(Mark.KEY_FRAME, ()), self.player.at
        place = bisect_right(keys, at) if direction > 0 else bisect_left(keys, at) - 1
        if 0 <= place < len(keys):
            self.player.seek(keys[place])

    def nudge(self, pictures: int) -> None:
        """Move an edge by so many pictures: the one that the playhead is at, or else the start of the chosen cut."""
        frame = self.timeline.contents.frame or _WITHOUT_PICTURE
        held = self._edge_at_playhead(frame / 2)
        if held is None:
            return
        cut, side = held
        edge = cut.span.start if side is Side.START else cut.span.end
        name = self.tr("Nudge start") if side is Side.START else self.tr("Nudge end")
        self._move_edge(cut, side, edge + pictures * frame, name)
        moved = next(each for each in self.history.cuts if each.id == cut.id)
        self.timeline.select(frozenset({cut.id}))
        self.player.seek(moved.span.start if side is Side.START else moved.span.end)

    def toggle_repeat(self) -> None:
        """Play the chosen cut again and again, or what the playhead lies in, or all; or no more."""
        self._repeats = not self._repeats
        self.player.transport.show_loop(on=self._repeats)
        self._follow_repeat()

    def shuttle(self, direction: int) -> None:
        """Play in a direction, faster each time; by pictures while it is told to rest."""
        if self._holds_k:
            self.player.step(direction)
        else:
            self.player.shuttle(direction)

    def rest(self) -> None:
        """Stop, and go by pictures until that ends."""
        self._holds_k = True
        self.player.pause()

    def rest_no_more(self) -> None:
        """Go by the shuttle again."""
        self._holds_k = False

    def _connect(self) -> None:
        timeline, player = self.timeline, self.player
        timeline.seek_wanted.connect(player.seek)
        timeline.cuts_edited.connect(self.edit)
        timeline.cut_wanted.connect(self._cut_around)
        timeline.menu_wanted.connect(self._open_menu)
        timeline.rested.connect(player.expect)
        timeline.close_ups_wanted.connect(self._bring_close_ups)
        player.moved.connect(self._follow)
        player.transport.in_wanted.connect(self.mark_start)
        player.transport.out_wanted.connect(self.mark_end)
        player.transport.keys_wanted.connect(self.keys_wanted)
        player.transport.loop_wanted.connect(self.toggle_repeat)
        player.transport.captions_chosen.connect(self._choose_captions)
        player.skip_wanted.connect(lambda: self.go_to_key_frame(1))
        timeline.selection_changed.connect(self._follow_repeat)
        timeline.cuts_previewed.connect(self._follow_repeat)
        self.captions.changed.connect(self._show_captions)
        self.captions.failed.connect(lambda error: player.view.show_note(" ".join(fault_words(error))))
        self.reading.came.connect(timeline.refresh)
        self.remote.ready.connect(self._play_remote)
        self.remote.advanced.connect(self._show_fetched)
        self.remote.failed.connect(self._show_remote_fault)
        self.history.changed.connect(timeline.set_cuts)
        self.history.changed.connect(self._follow_repeat)  # of the cuts that are shown now

    def _open_remote(self, media: MediaFile) -> None:
        self.player.view.show_message(self.tr("Opening {0} …").format(media.title))
        self.remote.open(media)

    @Slot(object)
    def _play_remote(self, playable: Playable) -> None:
        if playable.info is not None:
            self._learn(playable.info)
        at, contents = self.player.at, self.timeline.contents
        message = "" if contents.has_picture else self.tr("Only sound, no picture")
        self.player.open(playable.path, contents.duration, contents.frame, message=message, url=playable.url)
        self._follow_repeat()
        self.player.seek(at)

    def _learn(self, info: MediaInfo) -> None:
        """Go by what a link holds, which its site may not have told."""
        media = self.media
        if media is not None and media.info is None:
            self.media = replace(media, info=info, duration=info.duration or media.duration)
            view = self.timeline.view
            measure(self.timeline.contents, self.media)
            self.timeline.show_source(self.timeline.contents)
            self.timeline.show_view(view)
            self._show_tracks(info)

    @Slot(object)
    def _show_remote_fault(self, error: FastClipError) -> None:
        media = self.media
        if media is None:
            return
        if error.code is ErrorCode.NOT_STREAMABLE:
            remedy = Remedy(self.tr("Fetch all of it"), lambda: self._fetch_remote(media))
        else:
            remedy = Remedy(self.tr("Try again"), lambda: self._open_remote(media))
        at = self.player.at
        self.player.open(None, self.timeline.contents.duration, self.timeline.contents.frame)
        self.player.seek(at)
        self.player.view.show_message(" ".join(fault_words(error)), remedy)

    def _fetch_remote(self, media: MediaFile) -> None:
        self._show_fetched(0.0)
        self.remote.open_whole(media)

    @Slot(float)
    def _show_fetched(self, fraction: float) -> None:
        self.player.view.show_message(self.tr("Fetching all of it: {0}").format(under_way(fraction)))

    @Slot(object)
    def _follow(self, instant: Fraction) -> None:
        self.timeline.set_playhead(instant, follow=self.player.playback.is_playing)

    @Slot(object)
    def _bring_close_ups(self, numbers: tuple[int, ...]) -> None:
        contents = self.timeline.contents
        by_instant = {(number + Fraction(1, 2)) * contents.frame: number for number in numbers}

        def take(still: Still) -> None:
            contents.add_close_up(by_instant[still.instant], image_of(still))
            self.timeline.update()

        self.player.glance(by_instant, _CLOSE_UP, take)

    @Slot()
    def _follow_repeat(self) -> None:
        """What is repeated follows what is chosen, and its edges."""
        at, cuts = self.player.at, self.timeline.cuts
        chosen = [cut for cut in cuts if cut.id in self.timeline.selected]
        here = chosen or [cut for cut in cuts if cut.span.contains(at)]
        whole = TimeRange(Fraction(0), self._duration) if self._duration else None
        self.player.repeat((here[0].span if here else whole) if self._repeats else None)

    @Slot(int)
    def _choose_captions(self, place: int) -> None:
        self.captions.choose(self.captions.offers[place] if place >= 0 else None)

    @Slot()
    def _show_captions(self) -> None:
        offers, chosen = self.captions.offers, self.captions.chosen
        place = offers.index(chosen) if chosen in offers else -1
        self.player.transport.show_captions([offer.name for offer in offers], place)
        self.player.show_captions(self.captions.at)

    def _show_tracks(self, info: MediaInfo | None) -> None:
        sounds = info.audio if info else ()
        self.player.transport.show_tracks([self._track_name(place, each) for place, each in enumerate(sounds)], 0)

    def _track_name(self, place: int, stream: AudioStream) -> str:
        name = stream.title or (language_name(stream.language) if stream.language else "")
        return self.tr("{0}: {1}").format(place + 1, name) if name else self.tr("Track {0}").format(place + 1)

    @property
    def _duration(self) -> Fraction:
        return self.timeline.contents.duration

    def _only_chosen(self) -> Cut | None:
        chosen = [cut for cut in self.history.cuts if cut.id in self.timeline.selected]
        return chosen[0] if len(chosen) == 1 else None

    def _edge_at_playhead(self, reach: Fraction) -> tuple[Cut, Side] | None:
        at = self.player.at
        edges = [
            (abs(edge - at), cut.id not in self.timeline.selected, side, cut)
            for cut in self.history.cuts
            for side, edge in ((Side.START, cut.span.start), (Side.END, cut.span.end))
            if abs(edge - at) <= reach
        ]
        if edges:
            *_, side, cut = min(edges, key=lambda each: each[:2])
            return cut, side
        chosen = self._only_chosen()
        return (chosen, Side.START) if chosen is not None else None

    def _move_edge(self, cut: Cut, side: Side, to: Fraction, name: str) -> None:
        self.edit(editing.move_edge(self.history.cuts, cut.id, side, to, self._duration or None), name)

    @Slot(object)
    def _cut_around(self, instant: Fraction) -> None:
        """The shot around an instant as a cut, or some seconds from it on."""
        shots = self.timeline.contents.marks.get(Mark.SHOT, ())
        place = bisect_right(shots, instant)
        start = shots[place - 1] if place else Fraction(0)
        end = shots[place] if place < len(shots) else self._duration
        if not shots or end - start > _LONGEST_SHOT:
            start, end = instant, min(instant + _DOUBLE_CLICK, self._duration)
        if end - start >= SHORTEST:
            self.add(TimeRange(start, end), self.tr("Add clip"))

    @Slot(object, object)
    def _open_menu(self, instant: Fraction, place: QPoint) -> None:
        if not place.isNull():
            self.player.seek(instant)
            self.menu_wanted.emit(place)
