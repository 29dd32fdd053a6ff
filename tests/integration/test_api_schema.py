"""What the schema says is what the server does, tried with thousands of requests that nobody thought of."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api_site import URL
from tests.endless_answers import end_at_once

MANY = 500
"""Examples for each operation, and rows of requests."""

SHORTS = "/api/v1/ai-clipping/jobs"

PASSING = ("projectName", "preset", "aspectRatio", "dynamicCaptions", "styleInstructions", "numberOfClips", "textHook")
"""Fields of a job that break no rule together with the fewest others, so that some are taken."""

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Address, key, job, clip and project of a server in another process."""
    command = [sys.executable, "-m", "tests.api_process", str(tmp_path_factory.mktemp("server"))]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()
        process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize("examples", [5, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
def test_every_answer_is_one_that_the_schema_names(server: list[str], examples: int) -> None:
    address, key, job, clip, project = server
    known = {"job_id": job, "clip_id": clip, "projectId": project}
    described = schemathesis.openapi.from_url(f"{address}/openapi.json")
    tried = set()
    for found in described.get_all_operations():
        operation = found.ok()
        tried.add(operation.label)

        @given(case=operation.as_strategy(), is_known=st.booleans())
        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        def check(case: schemathesis.Case, is_known: bool) -> None:
            if is_known and case.path_parameters and case.method != "DELETE":
                case.path_parameters = {name: known.get(name, each) for name, each in case.path_parameters.items()}
            if is_known and case.path == SHORTS and isinstance(case.body, dict):
                case.body = {name: value for name, value in case.body.items() if name in PASSING} | {
                    "videoUrl": URL,
                    "language": "en",
                }
            end_at_once(case)
            answer = case.call(headers={"Authorization": f"Bearer {key}", "x-api-key": key})
            case.validate_response(answer, checks=CHECKS)
            if answer.status_code >= 400 and "json" in answer.headers["content-type"][0]:
                problem = answer.json()
                is_coded = case.path.startswith("/api/")
                assert list(problem) == (["error"] if is_coded else ["detail"])
                assert isinstance(problem["error"]["message"] if is_coded else problem["detail"], str)

        check()
    assert "GET /v1/events" in tried
    assert "GET /api/v1/ai-clipping/jobs/{projectId}/download" in tried
    assert len(tried) >= 36


@pytest.mark.parametrize("examples", [5, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
def test_every_row_of_answers_is_one_that_the_schema_names(server: list[str], tmp_path: Path, examples: int) -> None:
    address, key, *_ = server
    # Its command line: what a row leads to depends on what earlier ones left, which Hypothesis by itself takes amiss.
    command = [
        *(str(Path(sys.executable).with_name("st")), "run", f"{address}/openapi.json"),
        *(
            "--header",
            f"Authorization: Bearer {key}",
            "--header",
            f"x-api-key: {key}",
            "--phases",
            "stateful",
            "--max-examples",
            str(examples),
        ),
        *("--checks", ",".join(check.__name__ for check in CHECKS)),
    ]
    hooks = os.environ | {"SCHEMATHESIS_HOOKS": "tests.endless_answers", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=hooks)
    assert done.returncode == 0, done.stdout
    assert "✅ Stateful" in done.stdout, done.stdout
