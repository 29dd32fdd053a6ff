from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import KnownSource, SourceTable, location_of

PAGE = MediaFile("site.example/v", "Old title", None, "https://site.example/v", Fraction(10, 3), "https://site/t.jpg")


def test_a_source_is_one_row_whose_news_are_kept(memory: Database) -> None:
    with memory.transaction() as connection:
        table = SourceTable(connection)
        number = table.remember(PAGE, 5.0)
        assert table.find(PAGE.page_url) == KnownSource(
            number, PAGE.page_url, "Old title", Fraction(10, 3), "https://site/t.jpg", 5.0
        )
        assert table.remember(replace(PAGE, title="New title", duration=None, thumbnail=""), 6.0) == number
        assert table.find(PAGE.page_url) == KnownSource(
            number, PAGE.page_url, "New title", Fraction(10, 3), "https://site/t.jpg", 6.0
        )
        assert table.find("elsewhere") is None


def test_a_file_is_known_by_where_it_lies() -> None:
    assert location_of(MediaFile("talk.mp4", "talk", Path("/media/talk.mp4"))) == str(
        Path("/media/talk.mp4").absolute()
    )
    assert location_of(PAGE) == "https://site.example/v"
    assert location_of(MediaFile("upload-1", "talk", None)) == "upload-1"
