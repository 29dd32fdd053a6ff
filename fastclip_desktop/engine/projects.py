"""Shorts for scripts of the AI clipping contract: jobs under names of their own, paid for in credits."""

from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.credits import credits_in
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.job import Job, Priority, ShortsRequest
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.domain.shorts_project import ShortsProject
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.jobs import Jobs
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.projects import ProjectTable


class Projects:
    """All of them.

    Args:
        database: holds them.
        jobs: carries them out.
        accounts: pay for them.
    """

    def __init__(self, database: Database, jobs: Jobs, accounts: Accounts) -> None:
        self._database = database
        self._jobs = jobs
        self._accounts = accounts

    def create(
        self,
        request: ShortsRequest,
        key: str,
        duration: Fraction | None = None,
        call: NamedCall | None = None,
    ) -> ShortsProject:
        """Accept a request; what it may cost at most is set aside.

        Args:
            request: what to make.
            key: the id of the key that the script showed.
            duration: seconds of the source, where that is known.
            call: the script's own name for this; if it led to a project before, that one is given.

        Raises:
            FastClipError: what :meth:`~fastclip_desktop.engine.jobs.Jobs.submit` raises.
        """

        def name(job: Job) -> None:
            with self._database.transaction() as connection:
                ProjectTable(connection).add(ShortsProject(job, key, credits_in(job.reserved, request.policy)))

        (job,) = self._jobs.submit((request,), Priority.SCRIPT, key, duration, call, name)
        project = self.find(job.id, key)
        if project is None:
            raise InternalError(ErrorCode.INTERNAL, f"The job {job.id} has no project.")
        return project

    def find(self, name: str, key: str) -> ShortsProject | None:
        """The project of an id or of a job's id, as it stands; ``None`` if there is none that this key may hear of."""
        with self._database.reading() as connection:
            project = ProjectTable(connection).find(name)
        if project is None or project.key != key:
            return None
        return ShortsProject(
            self._jobs.get(project.job.id),
            key,
            project.credits,
            project.updated,
            project.id,
            project.run,
            project.render,
        )

    def used(self, project: ShortsProject) -> int:
        """The credits that a project has cost; none unless it is complete."""
        result = project.job.result
        return 0 if result is None else credits_in(result.cost, project.job.request.policy)

    def balance(self, policy: Policy) -> int | None:
        """The credits that may still be spent; ``None`` for as many as one likes."""
        return credits_in(self._accounts.balance(), policy) if policy.credit_price.cents else None
