from dataclasses import replace
from pathlib import Path

from fastclip_desktop.store.database import Database
from fastclip_desktop.store.uploads import Upload, UploadState, UploadTable

UPLOAD = Upload("u1", "my talk.mp4", "video/mp4", 100, Path("/data/uploads/u1"), "key", 5.0, 905.0)


def test_a_file_is_announced_received_and_ready_once(memory: Database) -> None:
    with memory.transaction() as connection:
        table = UploadTable(connection)
        table.add(UPLOAD)
        assert table.find("u1") == UPLOAD
        assert table.advance("u1", 60)
        assert table.advance("u1", 40)
        assert table.find("u1") == replace(UPLOAD, received=60)
        assert table.finish("u1")
        assert not table.finish("u1")
        assert not table.advance("u1", 10)
        assert table.find("u1") == replace(UPLOAD, received=100, state=UploadState.READY)
        assert not table.finish("nobody")


def test_what_a_file_is_for_is_kept(memory: Database) -> None:
    subtitles = replace(UPLOAD, purpose="transcript_srt")
    with memory.transaction() as connection:
        table = UploadTable(connection)
        table.add(subtitles)
        assert table.find("u1") == subtitles


def test_files_go_when_their_time_has_come(memory: Database) -> None:
    later = replace(UPLOAD, id="u2", expires=2000.0)
    with memory.transaction() as connection:
        table = UploadTable(connection)
        table.add(later)
        table.add(UPLOAD)
        assert table.expired(904.9) == ()
        assert table.expired(905.0) == (UPLOAD,)
        assert table.expired(9000.0) == (UPLOAD, later)
        table.remove("u1")
        assert table.find("u1") is None
