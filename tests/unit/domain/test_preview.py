from fractions import Fraction

from fastclip_desktop.domain.preview import Peaks, SpriteSheet


def test_peaks_know_where_they_lie() -> None:
    peaks = Peaks(Fraction(1, 100), 512, b"\0\0" * 3, b"\0\0" * 3, b"\0\0\0\0" * 3)
    assert len(peaks) == 3
    assert (peaks.start, peaks.end) == (Fraction("5.12"), Fraction("5.15"))


def test_a_picture_of_a_sheet_lies_in_its_row_and_column() -> None:
    sheet = SpriteSheet(b"", 160, 90, 4, tuple(Fraction(n) for n in range(6)))
    assert [sheet.place(index) for index in (0, 3, 4, 5)] == [(0, 0), (480, 0), (0, 90), (160, 90)]
