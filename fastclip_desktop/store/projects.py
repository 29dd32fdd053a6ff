"""Jobs for shorts under the names that scripts of the AI clipping contract know them by."""

from __future__ import annotations

import sqlite3

from fastclip_desktop.domain.shorts_project import ShortsProject
from fastclip_desktop.store.jobs import JobTable

_FIND = """
    SELECT projects.*, MAX(jobs.created, COALESCE(jobs.heartbeat, 0), COALESCE(jobs.ended, 0)) AS updated
    FROM projects JOIN jobs ON jobs.id = projects.job
    WHERE projects.id = :name OR projects.job = :name
"""


class ProjectTable:
    """The table of projects.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, project: ShortsProject) -> None:
        """Give a job that was accepted its names."""
        self._connection.execute(
            "INSERT INTO projects (id, run, render, job, credits) VALUES (?, ?, ?, ?, ?)",
            (project.id, project.run, project.render, project.job.id, project.credits),
        )

    def find(self, name: str) -> ShortsProject | None:
        """The project of an id, or that of a job's id."""
        row = self._connection.execute(_FIND, {"name": name}).fetchone()
        job = None if row is None else JobTable(self._connection).find(row["job"])
        if job is None:
            return None
        return ShortsProject(job, job.key, row["credits"], row["updated"], row["id"], row["run"], row["render"])
