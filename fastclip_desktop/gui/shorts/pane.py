"""The tab where shorts are asked for: their shape and look with a live picture, what is written, and which moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.short_look import SHORT_LOUDNESS, Aspect, CaptionStyle, Framing, ShortsWish
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.fold import Fold
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.shorts.style_form import StyleForm
from fastclip_desktop.gui.shorts.words import ShortWords
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_ASPECTS = (Aspect.PORTRAIT, Aspect.FEED, Aspect.SQUARE, Aspect.WIDE)
_FRAMINGS = (Framing.BLUR, Framing.FACES, Framing.CROP, Framing.AURA)
_COUNTS = (1, 2, 3, 5, 8, 12)
_LENGTHS = (15, 30, 45, 60, 90)
_LONGEST_LINE = 120
_TICKED, _CHOSEN = range(2)


class ShortsPane(QWidget):
    """What shorts are to be.

    Signals:
        wish_changed: the ``ShortsWish`` after a change by hand.
        preset_wanted: the name of a preset that is to be put on.
        style_kept: the captions' style is to be kept as the person's own.
        make_wanted: shorts are to be made.
    """

    wish_changed = Signal(object)
    preset_wanted = Signal(str)
    style_kept = Signal()
    make_wanted = Signal()

    def __init__(self, presets: Sequence[str], styles: Sequence[CaptionStyle], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ShortWords(self)
        self._wish = ShortsWish()
        self._styles = tuple(styles)
        self._ticked = 0
        self._missing = ""
        self._is_shown = False
        self.notice = Notice()
        self.aspect = Segments(self.tr("Shape"), [self._words.aspect(each) for each in _ASPECTS])
        self.preset = self._combo(self.tr("Preset"), [(self._words.preset(name), name) for name in presets])
        self.framing = self._combo(
            self.tr("Framing"), [(self._words.framing(each)[0], str(each)) for each in _FRAMINGS]
        )
        self.style_choice = self._combo(
            self.tr("Captions"),
            [(self.tr("No captions"), ""), *((self._words.style(each.name), each.name) for each in styles)],
        )
        self.about_framing = of_kind(QLabel(), "caption")
        self.about_framing.setWordWrap(True)
        self.hook = self._line(self.tr("Hook"), self.tr("What makes people stay?"))
        self.adds_hooks = QCheckBox(self.tr("Write a hook where there is none"))
        self.call = self._line(self.tr("Call to action"), self.tr("What are they to do next?"))
        self.adds_calls = QCheckBox(self.tr("Write a call to action where there is none"))
        self.style_form = StyleForm()
        self.loudness = QCheckBox(self.tr("Even loudness ({0} LUFS)").format(_signed(SHORT_LOUDNESS)))
        self.loudness.setToolTip(self.tr("As loud as the platforms play it, so that they turn nothing down"))
        self.cuts_pauses = QCheckBox(self.tr("Leave out long pauses"))
        self.cuts_fillers = QCheckBox(self.tr("Leave out “um” and “er”"))
        self.which = Segments(
            self.tr("Which moments"),
            (
                (self.tr("Ticked clips"), self.tr("Each ticked clip becomes a short")),
                (
                    self.tr("Best moments"),
                    self.tr("They are chosen for you: by the prompt above, or those that stand best alone"),
                ),
            ),
        )
        self.count = self._combo(
            self.tr("How many"),
            [(self.tr("As many as are good"), None), *((self.tr("Up to {0}").format(each), each) for each in _COUNTS)],
        )
        self.length = self._combo(
            self.tr("How long"),
            [
                (self.tr("As long as it takes"), None),
                *((self.tr("About {0} s").format(each), each) for each in _LENGTHS),
            ],
        )
        self.joins = QCheckBox(self.tr("Join them into one video as well"))
        self.make_button = of_kind(QPushButton(), "main")
        self._folds = (
            Fold(self.tr("Captions in detail"), self.tr("Size, place and colours of captions"), self.style_form),
            Fold(
                self.tr("Hook and call to action"),
                self.tr("What stands at the start and at the end"),
                self._column(self.hook, self.adds_hooks, self.call, self.adds_calls),
            ),
            Fold(
                self.tr("Sound and pauses"),
                self.tr("Loudness, pauses and fillers"),
                self._column(self.loudness, self.cuts_pauses, self.cuts_fillers),
            ),
        )
        self._lay_out()
        self._connect()
        self.show_wish(self._wish)
        self.show_ticked(0)

    @property
    def wish(self) -> ShortsWish:
        """What is asked for now."""
        return self._wish

    @property
    def wants_ticked(self) -> bool:
        """Whether shorts are made of the ticked clips."""
        return self.which.index == _TICKED

    def show_wish(self, wish: ShortsWish) -> None:
        """Show what is asked for."""
        self._wish = wish
        self._is_shown = True
        look = wish.look
        self.aspect.take(_ASPECTS.index(look.aspect) if look.aspect in _ASPECTS else 0)
        _take(self.preset, look.preset)
        _take(self.framing, str(look.framing))
        self._offer_style(look.captions)
        _take(self.style_choice, look.captions.name if look.captions else "")
        self.about_framing.setText(self._words.framing(look.framing)[1])
        for field, text in ((self.hook, wish.hook), (self.call, wish.call_to_action)):
            if field.text().strip() != text:  # a space that is typed may be followed by a word
                field.setText(text)
        self.adds_hooks.setChecked(wish.adds_hooks)
        self.adds_calls.setChecked(wish.adds_calls)
        self.style_form.show_style(look.captions)
        self.loudness.setChecked(look.loudness is not None)
        self.cuts_pauses.setChecked(look.cuts_pauses)
        self.cuts_fillers.setChecked(look.cuts_fillers)
        _take(self.count, wish.count)
        _take(self.length, int(wish.preferred) if wish.preferred is not None else None)
        self.joins.setChecked(wish.joins)
        self._is_shown = False
        self._judge()

    def show_ticked(self, count: int) -> None:
        """Say how many clips are ticked."""
        self._ticked = count
        self._judge()

    def show_missing(self, missing: str) -> None:
        """Say what has to be done before anything can be made; empty for nothing."""
        self._missing = missing
        self._judge()

    def wear(self, palette: Palette) -> None:
        """Paint icons in a palette's colours."""
        for part in (self.notice, *self._folds):
            part.wear(palette)

    @Slot()
    def _change(self) -> None:
        if self._is_shown:
            return
        wish = self._wish
        look = replace(
            wish.look,
            aspect=_ASPECTS[self.aspect.index],
            framing=Framing(self.framing.currentData()),
            captions=self._style(),
            loudness=SHORT_LOUDNESS if self.loudness.isChecked() else None,
            cuts_pauses=self.cuts_pauses.isChecked(),
            cuts_fillers=self.cuts_fillers.isChecked(),
        )
        length = self.length.currentData()
        self._tell(
            ShortsWish(
                look,
                self.hook.text().strip(),
                self.call.text().strip(),
                self.adds_hooks.isChecked(),
                self.adds_calls.isChecked(),
                self.joins.isChecked(),
                wish.about,
                self.count.currentData(),
                None if length is None else Fraction(length),
            )
        )

    def _style(self) -> CaptionStyle | None:
        """The style that is chosen: the one that is worn as long as its name is, with all that was changed in it."""
        name, worn = self.style_choice.currentData(), self._wish.look.captions
        if worn is not None and worn.name == name:
            return worn
        return next((style for style in self._styles if style.name == name), None)

    @Slot(object)
    def _take_style(self, style: CaptionStyle) -> None:
        if not self._is_shown:
            self._tell(replace(self._wish, look=replace(self._wish.look, captions=style)))

    def _tell(self, wish: ShortsWish) -> None:
        if wish != self._wish:
            self.show_wish(wish)
            self.wish_changed.emit(wish)

    @Slot(int)
    def _choose_preset(self, _: int) -> None:
        self.preset_wanted.emit(self.preset.currentData())

    def _offer_style(self, style: CaptionStyle | None) -> None:
        """Let a style that is none of the built-in ones be among those that are offered."""
        if style is not None and self.style_choice.findData(style.name) < 0:
            self.style_choice.addItem(self._words.style(style.name), style.name)

    @Slot()
    def _judge(self) -> None:
        ticked = self.wants_ticked
        for widget in (self.count, self.length):
            widget.setVisible(not ticked)
        missing = self._missing
        if not missing and ticked and not self._ticked:
            missing = self.tr("Tick a clip first, or have the best moments chosen")
        self.make_button.setEnabled(not missing)
        self.make_button.setToolTip(missing)
        self.make_button.setAccessibleDescription(missing)
        if ticked:
            self.make_button.setText(self.tr("Make %n shorts", "", self._ticked))
        else:
            self.make_button.setText(self.tr("Find and make shorts"))

    def _connect(self) -> None:
        self.aspect.changed.connect(self._change)
        self.which.changed.connect(self._judge)
        self.preset.activated.connect(self._choose_preset)
        for combo in (self.framing, self.style_choice, self.count, self.length):
            combo.activated.connect(self._change)
        for line in (self.hook, self.call):
            line.textEdited.connect(self._change)
        for check in (self.adds_hooks, self.adds_calls, self.loudness, self.cuts_pauses, self.cuts_fillers, self.joins):
            check.toggled.connect(self._change)
        self.style_form.chosen.connect(self._take_style)
        self.style_form.keep_wanted.connect(self.style_kept)
        self.make_button.clicked.connect(self.make_wanted)
        for fold in self._folds:
            # When it has its size.
            fold.opened.connect(
                lambda _, fold=fold: QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(fold))
            )

    def _lay_out(self) -> None:
        choices = QGridLayout()
        choices.setSpacing(tokens.SMALL)
        choices.setColumnStretch(1, 1)
        names = self.style_form.widest_name
        for row, (name, field) in enumerate(
            (
                (self.tr("Preset"), self.preset),
                (self.tr("Framing"), self.framing),
                (self.tr("Captions"), self.style_choice),
            )
        ):
            label = of_kind(QLabel(name), "muted")
            label.setBuddy(field)
            choices.addWidget(label, row, 0)
            names = max(names, label.sizeHint().width())
            choices.addWidget(field, row, 1)
        choices.setColumnMinimumWidth(0, names)
        self.style_form.give_names(names)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.LARGE, 0, tokens.LARGE, tokens.SMALL)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.notice)
        column.addWidget(self.aspect)
        column.addLayout(choices)
        column.addWidget(self.about_framing)
        column.addWidget(self.joins)
        for fold in self._folds:
            column.addWidget(fold)
        column.addStretch()
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        numbers = QGridLayout()
        numbers.setSpacing(tokens.SMALL)
        numbers.addWidget(self.count, 0, 0)
        numbers.addWidget(self.length, 0, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.MEDIUM)
        foot.setSpacing(tokens.SMALL)
        foot.addWidget(of_kind(QFrame(), "divider"))
        foot.addWidget(self.which)
        foot.addLayout(numbers)
        foot.addWidget(self.make_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)

    def _column(self, *widgets: QWidget) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        for widget in widgets:
            column.addWidget(widget)
        return place

    def _combo(self, name: str, items: Sequence[tuple[str, object]]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setMinimumContentsLength(8)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, data in items:
            combo.addItem(text, data)
        return combo

    def _line(self, name: str, placeholder: str, longest: int = _LONGEST_LINE) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(placeholder)
        line.setMaxLength(longest)
        return line


def _take(combo: QComboBox, data: object) -> None:
    place = next((place for place in range(combo.count()) if combo.itemData(place) == data), -1)
    if place >= 0:
        combo.setCurrentIndex(place)


def _signed(number: float) -> str:
    """With a real minus sign."""
    return f"{number:g}".replace("-", "−")
