"""Puts the tokens on the screen: one style sheet, one palette for what Qt paints itself, both following the system."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import ICON_FOLDER
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import ThemeChoice

WidgetT = TypeVar("WidgetT", bound=QWidget)


def of_kind(widget: WidgetT, kind: str) -> WidgetT:
    """Give a widget the look that the style sheet has under this name."""
    widget.setProperty("kind", kind)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the style sheet has still to look at it
        restyle(widget)
    return widget


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Theme(QObject):
    """Dresses the application, and dresses it again when the system goes light or dark or the person chooses.

    Signals:
        changed: the palette, after it was put on.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = ThemeChoice.SYSTEM
        self._is_still = False
        self.palette = tokens.LIGHT
        application.setStyle("Fusion")
        font = application.font()
        font.setPixelSize(tokens.BODY_TYPE)
        font.setFeature(QFont.Tag("tnum"), 1)
        application.setFont(font)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        self._put_on(hints.colorScheme())

    def choose(self, choice: ThemeChoice) -> None:
        """Wear what the person chose, in the window's frame and the system's own dialogs too where it can be."""
        if choice is self._choice:
            return
        self._choice = choice
        hints = self._application.styleHints()
        if choice is ThemeChoice.SYSTEM:
            hints.unsetColorScheme()
            self._put_on(hints.colorScheme())
        else:
            scheme = Qt.ColorScheme.Dark if choice is ThemeChoice.DARK else Qt.ColorScheme.Light
            hints.setColorScheme(scheme)
            self._put_on(scheme)

    def reduce_motion(self, *, reduced: bool) -> None:
        """Let nothing slide or fade from now on, or let it again."""
        self._is_still = reduced
        for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
            self._application.setEffectEnabled(effect, not reduced)

    def lasting(self, milliseconds: int) -> int:
        """How long a movement lasts that would last so long; not at all where the person wants none."""
        return 0 if self._is_still else milliseconds

    @Slot(Qt.ColorScheme)
    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Put on the palette for the system's colour scheme, unless the person chose another."""
        if self._choice is ThemeChoice.SYSTEM:
            self._put_on(scheme)

    def _put_on(self, scheme: Qt.ColorScheme) -> None:
        """The palette for a colour scheme; a system that doesn't say gets the light one."""
        self.palette = tokens.DARK if scheme is Qt.ColorScheme.Dark else tokens.LIGHT
        self._application.setPalette(qt_palette(self.palette))
        self._application.setStyleSheet(style_sheet(self.palette))
        self.changed.emit(self.palette)


def qt_palette(colors: Palette) -> QPalette:
    """The same colours in Qt's roles, for what no style sheet reaches: placeholders, native menus, tool tips."""
    role = QPalette.ColorRole
    palette = QPalette()
    for each, color in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.surface),
        (role.AlternateBase, colors.hover),
        (role.Text, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Button, colors.surface),
        (role.ButtonText, colors.text),
        (role.ToolTipBase, colors.surface),
        (role.ToolTipText, colors.text),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Link, colors.accent),
        (role.Accent, colors.accent),
    ):
        palette.setColor(each, QColor(color))
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.muted))
    return palette


def style_sheet(colors: Palette) -> str:
    """The style sheet for one palette.

    A focus ring takes the place of the hairline and of a part of the padding, so that nothing moves when it comes.
    """
    t, c = tokens, colors
    check = "check-pale.svg" if colors.on_accent == tokens.LIGHT.on_accent else "check-dark.svg"
    ring = f"border: {t.FOCUS_RING}px solid {c.accent}"
    return f"""
* {{ outline: none; }}
QMainWindow, QDialog {{ background: {c.window}; }}
QLabel, QCheckBox {{ background: transparent; color: {c.text}; }}
QLabel[kind="title"] {{ font-size: {t.TITLE_TYPE}px; font-weight: 600; }}
QLabel[kind="lead"] {{ font-size: {t.LEAD_TYPE}px; font-weight: 600; }}
QLabel[kind="name"] {{ font-weight: 600; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="caption"] {{ color: {c.muted}; font-size: {t.CAPTION_TYPE}px; }}
QLabel[kind="note"] {{ font-size: {t.CAPTION_TYPE}px; }}
QLabel[kind="fault"] {{ color: {c.danger}; font-size: {t.CAPTION_TYPE}px; }}
QLabel[kind="badge"] {{ background: {c.soft}; border-radius: {t.CORNER}px; padding: 2px {t.SMALL}px;
    font-size: {t.CAPTION_TYPE}px; font-weight: 600; }}
QFrame[kind="bar"], QFrame[kind="side"], QFrame[kind="card"] {{ background: {c.surface}; border: none; }}
QFrame[kind="bar"][edge="bottom"] {{ border-bottom: 1px solid {c.line}; }}
QFrame[kind="bar"][edge="top"] {{ border-top: 1px solid {c.line}; }}
QFrame[kind="side"] {{ border-left: 1px solid {c.line}; }}
QFrame[kind="drawer"] {{ background: {c.surface}; border: 1px solid {c.line}; }}
QFrame[kind="card"] {{ border-radius: {t.CARD_CORNER}px; }}
QFrame[kind="popover"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.CARD_CORNER}px; }}
QFrame[kind="cut"] {{ background: {c.window}; border: {t.FOCUS_RING}px solid transparent;
    border-radius: {t.CARD_CORNER}px; }}
QFrame[kind="cut"][chosen="true"] {{ background: {c.soft}; border-color: {c.accent}; }}
QFrame[kind="cut"]:focus {{ border-color: {c.accent}; }}
QFrame[kind="cut"] QCheckBox {{ font-weight: 600; }}
QFrame[kind="cut"][chosen="true"] QLabel[kind="badge"] {{ background: {c.surface}; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {c.muted}; border-radius: 4px;
    background: {c.surface}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
    image: url("{(ICON_FOLDER / check).as_posix()}"); }}
QCheckBox:focus {{ text-decoration: underline; }}
QFrame[kind="drop"] {{ background: {c.surface}; border: 2px dashed {c.line}; border-radius: {t.CARD_CORNER}px; }}
QLabel[kind="overlay"] {{ background: #f0{c.soft[1:]}; color: {c.text}; border: 2px dashed {c.accent};
    border-radius: {t.CARD_CORNER}px; font-size: {t.TITLE_TYPE}px; font-weight: 600; }}
QFrame[kind="notice"] {{ background: {c.danger_ground}; border: none; border-radius: {t.CORNER}px; }}
QFrame[kind="notice"] QLabel[kind="name"] {{ color: {c.danger}; }}
QFrame[kind="answer"] {{ background: {c.soft}; border: none; border-radius: {t.CORNER}px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}

QLineEdit, QPlainTextEdit, QComboBox {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
    border-radius: {t.CORNER}px; padding: 0 {t.SMALL}px; selection-background-color: {c.accent};
    selection-color: {c.on_accent}; placeholder-text-color: {c.muted}; }}
QLineEdit, QComboBox {{ min-height: {t.CONTROL_HEIGHT - 2}px; }}
QPlainTextEdit {{ padding: {t.TIGHT}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ {ring}; padding: 0 {t.SMALL - 1}px; }}
QLineEdit:focus, QComboBox:focus {{ min-height: {t.CONTROL_HEIGHT - 4}px; }}
QPlainTextEdit:focus {{ padding: {t.TIGHT - 1}px; }}
QLineEdit[invalid="true"] {{ border-color: {c.danger}; }}
QLineEdit[kind="secret"] {{ font-family: monospace; background: {c.window}; }}
QLineEdit[kind="source"] {{ font-size: {t.LEAD_TYPE}px; background: {c.window}; }}
QLineEdit[kind="time"] {{ font-weight: 600; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {c.muted}; background: {c.window}; }}
QComboBox::drop-down {{ border: none; width: {t.WIDE}px; }}
QComboBox::down-arrow {{ image: url("{(ICON_FOLDER / "chevron.svg").as_posix()}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
    selection-background-color: {c.soft}; selection-color: {c.text}; padding: {t.TIGHT}px; }}

QPushButton, QToolButton {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
    border-radius: {t.CORNER}px; padding: 0 {t.MEDIUM}px; min-height: {t.CONTROL_HEIGHT - 2}px; }}
QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.line}; }}
QPushButton:focus, QToolButton:focus {{ {ring}; padding: 0 {t.MEDIUM - 1}px; min-height: {t.CONTROL_HEIGHT - 4}px; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.window}; }}
QPushButton[kind="main"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600;
    font-size: {t.LEAD_TYPE}px; min-height: {t.CONTROL_HEIGHT + 4}px; }}
QPushButton[kind="main"]:hover {{ background: {c.accent_hover}; }}
QPushButton[kind="main"]:focus {{ border: {t.FOCUS_RING}px solid {c.text}; min-height: {t.CONTROL_HEIGHT + 2}px; }}
QPushButton[kind="main"]:disabled {{ background: {c.hover}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="quiet"], QToolButton {{ background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {c.hover}; }}
QPushButton[kind="quiet"]:focus, QToolButton:focus {{ border-color: {c.accent}; }}
QToolButton, QToolButton:focus {{ padding: 0; min-height: {t.WIDE}px; min-width: {t.WIDE}px; }}
QLineEdit QToolButton, QLineEdit QToolButton:focus {{ border: none; min-height: 0; min-width: 0; }}
QToolButton:checked, QToolButton[kind="choice"][on="true"] {{ background: {c.soft}; }}
QToolButton[kind="choice"]::menu-indicator {{ image: none; }}
QFrame[kind="segments"] {{ background: {c.track}; border: none; border-radius: {t.CORNER}px; }}
QFrame[kind="segments"] QPushButton {{ background: transparent; border-color: transparent; color: {c.muted};
    margin: 2px; padding: 0 {t.TIGHT - 1}px; min-height: {t.CONTROL_HEIGHT - 8}px; }}
QFrame[kind="segments"] QPushButton:focus {{ border-color: {c.accent}; padding: 0 {t.TIGHT - 2}px;
    min-height: {t.CONTROL_HEIGHT - 10}px; }}
QFrame[kind="segments"] QPushButton:checked {{ background: {c.raised}; color: {c.text}; font-weight: 600; }}

QPushButton[kind="small main"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
    font-weight: 600; }}
QPushButton[kind="small main"]:hover {{ background: {c.accent_hover}; }}
QPushButton[kind="small main"]:focus {{ border: {t.FOCUS_RING}px solid {c.text}; }}
QPushButton[kind="small main"]:disabled {{ background: {c.hover}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="danger"] {{ color: {c.danger}; }}
QFrame[kind="divider"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[kind="pages"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QListWidget[kind="pages"] {{ background: {c.surface}; border: none; }}
QListWidget[kind="pages"]::item {{ color: {c.muted}; border: {t.FOCUS_RING}px solid transparent;
    border-radius: {t.CORNER}px; padding: {t.SMALL - 2}px {t.SMALL}px; }}
QListWidget[kind="pages"]::item:hover {{ background: {c.hover}; color: {c.text}; }}
QListWidget[kind="pages"]::item:selected {{ background: {c.soft}; color: {c.text}; }}
QListWidget[kind="pages"]::item:selected:focus {{ border: {t.FOCUS_RING}px solid {c.accent}; }}

QMenuBar {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
    padding: 2px {t.SMALL}px; }}
QMenuBar::item {{ background: transparent; padding: {t.TIGHT}px {t.SMALL}px; border-radius: {t.CORNER}px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c.hover}; color: {c.text}; }}
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {t.TIGHT}px; }}
QMenu::item {{ padding: {t.TIGHT + 2}px {t.WIDE}px {t.TIGHT + 2}px {t.MEDIUM}px; border-radius: {t.CORNER}px; }}
QMenu::item:selected {{ background: {c.soft}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ background: {c.line}; height: 1px; margin: {t.TIGHT}px {t.SMALL}px; }}
QFrame[kind="palette"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.CARD_CORNER}px; }}
QListWidget[kind="palette"] {{ background: transparent; border: none; }}
QListWidget[kind="palette"]::item {{ border-radius: {t.CORNER}px; }}
QListWidget[kind="palette"]::item:hover {{ background: {c.hover}; }}
QListWidget[kind="palette"]::item:selected {{ background: {c.soft}; }}

QListWidget[kind="parts"] {{ background: {c.window}; border: 1px solid {c.line}; border-radius: {t.CORNER}px;
    padding: {t.TIGHT}px; }}
QListWidget[kind="parts"]:focus {{ {ring}; padding: {t.TIGHT - 1}px; }}
QListWidget[kind="parts"]::item {{ color: {c.text}; border-radius: {t.CORNER}px; padding: {t.TIGHT}px; }}
QListWidget[kind="parts"]::item:selected {{ background: {c.soft}; }}

QPushButton[kind="recent"] {{ background: {c.surface}; border: {t.FOCUS_RING}px solid transparent;
    border-radius: {t.CARD_CORNER}px; padding: 0; }}
QPushButton[kind="recent"]:hover {{ background: {c.hover}; }}
QPushButton[kind="recent"]:focus {{ border-color: {c.accent}; padding: 0; }}
QFrame[kind="batch"] {{ background: {c.surface}; border: none; border-radius: {t.CORNER}px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="keys"] {{ font-weight: 600; }}
QPushButton[kind="no keys"] {{ color: {c.muted}; }}

QToolButton[kind="menu"]::menu-indicator {{ image: none; }}
QAbstractScrollArea[kind="script"], QAbstractScrollArea[kind="library"] {{ background: transparent; border: none; }}
QLineEdit[kind="word"], QLineEdit[kind="word"]:focus {{ min-height: 0; padding: 0 {t.TIGHT}px; {ring}; }}

QPushButton[kind="chip"] {{ background: {c.hover}; border-color: transparent; padding: 0 {t.MEDIUM}px;
    min-height: {t.WIDE + 2}px; border-radius: {t.WIDE // 2 + 2}px; }}
QPushButton[kind="chip"]:hover {{ background: {c.soft}; }}
QPushButton[kind="chip"]:focus {{ {ring}; padding: 0 {t.MEDIUM - 1}px; min-height: {t.WIDE}px; }}
QPushButton[kind="slight"] {{ background: transparent; border: {t.FOCUS_RING}px solid transparent; color: {c.muted};
    font-size: {t.CAPTION_TYPE}px; padding: 0 {t.TIGHT}px; min-height: {t.LARGE}px; }}
QPushButton[kind="slight"]:hover {{ background: {c.hover}; color: {c.text}; }}
QPushButton[kind="slight"]:focus {{ border-color: {c.accent}; padding: 0 {t.TIGHT}px; min-height: {t.LARGE}px; }}
QFrame[kind="hit"] {{ background: transparent; border: {t.FOCUS_RING}px solid transparent;
    border-radius: {t.CORNER}px; }}
QFrame[kind="hit"]:hover {{ background: {c.hover}; }}
QFrame[kind="hit"]:focus {{ border-color: {c.accent}; }}
QFrame[kind="drop line"] {{ background: {c.accent}; border: none; }}
QFrame[kind="skeleton"] {{ background: {c.window}; border: none; border-radius: {t.CARD_CORNER}px; }}
QFrame[kind="skeleton line"] {{ background: {c.hover}; border: none; border-radius: {t.TIGHT}px; }}
QToolButton[kind="fold"], QToolButton[kind="fold"]:focus {{ padding: 0; color: {c.muted}; }}
QToolButton[kind="fold"]:checked {{ background: transparent; color: {c.text}; }}
QToolButton[kind="fold"]:checked:hover {{ background: {c.hover}; }}

QProgressBar {{ background: {c.hover}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSlider {{ border: {t.FOCUS_RING}px solid transparent; border-radius: {t.CORNER}px; min-height: {t.WIDE - 4}px; }}
QSlider:focus {{ border-color: {c.accent}; }}
QSlider::groove:horizontal {{ background: {c.line}; height: 4px; border-radius: 2px; margin: 0 {t.TIGHT}px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; margin: 0 {t.TIGHT}px; }}
QSlider::handle:horizontal {{ background: {c.text}; width: 12px; margin: -4px 0; border-radius: 6px; }}
QSlider::handle:horizontal:hover {{ background: {c.accent_hover}; }}
QSlider[layoutDirection="RightToLeft"]::sub-page:horizontal {{ background: {c.line}; }}
QSlider[layoutDirection="RightToLeft"]::add-page:horizontal {{ background: {c.accent}; border-radius: 2px;
    margin: 0 {t.TIGHT}px; }}
QSlider::sub-page:horizontal:disabled, QSlider[layoutDirection="RightToLeft"]::add-page:horizontal:disabled {{
    background: {c.line}; }}
QSlider::handle:horizontal:disabled {{ background: {c.muted}; }}
QScrollBar:vertical {{ background: transparent; width: {t.MEDIUM}px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {c.line}; border-radius: 4px; min-height: {t.HUGE}px; }}
QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {t.TIGHT}px; }}
"""
