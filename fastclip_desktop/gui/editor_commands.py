"""What keys and menus do to the source that is open; listed without the editor, which comes with the first source."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fastclip_desktop.gui.commands import Command, Group

if TYPE_CHECKING:
    from fastclip_desktop.gui.editor import Editor

_SECOND = Fraction(1)
_ZOOM = 1.5

CONTEXT = ("clip.start", "clip.end", "clip.split", "clip.merge", "edit.remove", "edit.undo", "edit.redo", "view.fit")
"""What the menu under the mouse offers on the timeline."""


class EditorCommands(QObject):
    """The commands of player and timeline.

    Args:
        editor: gives it; asked for when a command is carried out, and not before.
    """

    def __init__(self, editor: Callable[[], Editor], parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor

    def all(self) -> tuple[Command, ...]:
        """Every one of them."""
        return (*self._playing(), *self._moving(), *self._cutting(), *self._looking())

    def _with_editor(self, act: Callable[[Editor], object]) -> Callable[[], object]:
        return lambda: act(self._editor())

    def _playing(self) -> tuple[Command, ...]:
        def play(
            name: str,
            text: str,
            key: str,
            act: Callable[[Editor], object],
            let_go: Callable[[Editor], object] | None = None,
        ) -> Command:
            done_then = self._with_editor(let_go) if let_go else None
            return Command(
                f"play.{name}", text, (key,), self._with_editor(act), Group.PLAY, needs_source=True, let_go=done_then
            )

        return (
            play("toggle", self.tr("Play or stop"), "Space", lambda editor: editor.player.toggle()),
            play("backwards", self.tr("Play backwards; again for faster"), "J", lambda editor: editor.shuttle(-1)),
            play(
                "rest",
                self.tr("Stop; held, J and L go by pictures"),
                "K",
                lambda editor: editor.rest(),
                let_go=lambda editor: editor.rest_no_more(),
            ),
            play("forwards", self.tr("Play forwards; again for faster"), "L", lambda editor: editor.shuttle(1)),
            play("repeat", self.tr("Repeat the chosen clip"), "R", lambda editor: editor.toggle_repeat()),
            play("captions", self.tr("Captions on or off"), "Shift+C", lambda editor: editor.captions.toggle()),
            play("sound", self.tr("Sound off or on"), "M", lambda editor: editor.player.toggle_sound()),
        )

    def _moving(self) -> tuple[Command, ...]:
        def move(
            name: str, text: str, keys: tuple[str, ...], act: Callable[[Editor], object], section: int = 1
        ) -> Command:
            return Command(
                f"play.{name}",
                text,
                keys,
                self._with_editor(act),
                Group.PLAY,
                section,
                repeats=section == 1,
                needs_source=True,
            )

        return (
            move("second-back", self.tr("A second back"), ("Left",), lambda editor: editor.move(-_SECOND)),
            move("second-on", self.tr("A second on"), ("Right",), lambda editor: editor.move(_SECOND)),
            move("picture-back", self.tr("One picture back"), (",",), lambda editor: editor.player.step(-1)),
            move("picture-on", self.tr("One picture on"), (".",), lambda editor: editor.player.step(1)),
            move("edge-before", self.tr("To the edge before"), ("Up",), lambda editor: editor.go_to_edge(-1)),
            move("edge-after", self.tr("To the next edge"), ("Down",), lambda editor: editor.go_to_edge(1)),
            move(
                "key-frame-before",
                self.tr("To the key frame before"),
                ("Alt+Left",),
                lambda editor: editor.go_to_key_frame(-1),
            ),
            move(
                "key-frame-after",
                self.tr("To the next key frame"),
                ("Alt+Right",),
                lambda editor: editor.go_to_key_frame(1),
            ),
            move(
                "beginning", self.tr("To the beginning"), ("Home",), lambda editor: editor.player.seek(Fraction(0)), 2
            ),
            move("end", self.tr("To the end"), ("End",), lambda editor: editor.go_to_end(), 2),
            move("time", self.tr("Go to a time"), ("G",), lambda editor: editor.player.transport.go_to_time(), 2),
        )

    def _cutting(self) -> tuple[Command, ...]:
        def cut(name: str, text: str, keys: tuple[str, ...], act: Callable[[Editor], object]) -> Command:
            group = Group.EDIT if name.startswith("edit") else Group.CLIP
            return Command(
                name, text, keys, self._with_editor(act), group, 2 if group is Group.EDIT else 0, needs_source=True
            )

        def nudge(name: str, text: str, keys: str, pictures: int) -> Command:
            act = self._with_editor(lambda editor: editor.nudge(pictures))
            return Command(name, text, (keys,), act, Group.CLIP, repeats=True, needs_source=True)

        return (
            cut("clip.start", self.tr("Start here"), ("I",), lambda editor: editor.mark_start()),
            cut("clip.end", self.tr("End here"), ("O",), lambda editor: editor.mark_end()),
            nudge("clip.nudge-back", self.tr("Move the edge a picture back"), "Shift+Left", -1),
            nudge("clip.nudge-on", self.tr("Move the edge a picture on"), "Shift+Right", 1),
            cut("clip.split", self.tr("Split"), ("B",), lambda editor: editor.split()),
            cut("clip.merge", self.tr("Merge"), ("Shift+M",), lambda editor: editor.merge()),
            cut("edit.all", self.tr("Choose all clips"), ("Ctrl+A",), lambda editor: editor.select_all()),
            cut("edit.remove", self.tr("Remove"), ("Backspace", "Del"), lambda editor: editor.remove()),
        )

    def _looking(self) -> tuple[Command, ...]:
        def zoom(
            name: str, text: str, keys: tuple[str, ...], act: Callable[[Editor], object], *, repeats: bool = True
        ) -> Command:
            return Command(
                f"view.{name}", text, keys, self._with_editor(act), Group.VIEW, 2, repeats=repeats, needs_source=True
            )

        return (
            zoom("in", self.tr("Zoom in"), ("+", "="), lambda editor: editor.timeline.zoom(_ZOOM)),
            zoom("out", self.tr("Zoom out"), ("-",), lambda editor: editor.timeline.zoom(1 / _ZOOM)),
            zoom(
                "fit",
                self.tr("Show the whole source"),
                ("Z",),
                lambda editor: editor.timeline.zoom_to_fit(),
                repeats=False,
            ),
        )
