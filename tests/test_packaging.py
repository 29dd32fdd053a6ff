"""What packages, workflows and templates name is there, and they agree on the version and the names of things."""

from __future__ import annotations

import plistlib
import re
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import fastclip_desktop

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
APP_ID = "app.fastclip.Desktop"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _targets() -> dict[str, str]:
    """The Makefile's targets that people call, and what `make help` says of each."""
    makefile = _read(ROOT / "Makefile")
    named = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    helps = dict(re.findall(r"^([a-z-]+):[^\n]*?## (.+)$", makefile, re.MULTILINE))
    return {target: helps.get(target, "") for line in named for target in line.split()}


def test_the_version_stands_in_two_places_that_agree() -> None:
    assert fastclip_desktop.__version__ == VERSION


def test_no_package_has_a_version_of_its_own() -> None:
    files = [
        path
        for path in PACKAGING.rglob("*")
        if path.suffix in (".iss", ".sh", ".ps1", ".py", ".xml", ".json", ".desktop")
    ]
    assert [path.name for path in files if re.search(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.])", _read(path))] == []
    installer = _read(PACKAGING / "windows" / "fastclip.iss")
    assert "AppVersion={#AppVersion}" in installer


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a clone knows which files are the project's own")
def test_the_source_package_holds_what_the_clone_does_and_nothing_that_lies_beside_it() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    recipe = tomllib.loads(_read(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["sdist"]
    assert set(recipe["only-include"]) == {name.split("/")[0] for name in listing.split("\0") if name}


def test_every_target_says_what_it_does_and_stands_in_the_guide_for_contributors() -> None:
    guide = _read(ROOT / "CONTRIBUTING.md")
    for target, text in _targets().items():
        assert text, f"`make help` says nothing of {target}"
        assert f"| `make {target}` |" in guide, f"{target} is missing in CONTRIBUTING.md"


def test_every_target_is_called_by_name_and_not_taken_for_a_file() -> None:
    called = set(re.findall(r"^([a-z-]+):", _read(ROOT / "Makefile"), re.MULTILINE))
    assert called == set(_targets())


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_name_targets_and_files_that_are_there(workflow: Path) -> None:
    text = _read(workflow)
    assert set(re.findall(r"run: make ([a-z-]+)", text)) <= set(_targets())
    files = re.findall(r"(?:packaging|tests|docs)/[\w./-]*\w", text)
    assert [file for file in files if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_little_and_keep_no_credentials(workflow: Path) -> None:
    text = _read(workflow)
    assert re.search(r"^permissions:( \{\}|\n  contents: read)$", text, re.MULTILINE)
    assert re.search(r"^concurrency:$", text, re.MULTILINE)
    assert "pull_request_target" not in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert re.findall(r"uses: [^\s@]+$", text, re.MULTILINE) == []


def test_secrets_of_the_release_are_explained() -> None:
    text = _read(ROOT / ".github" / "workflows" / "release.yml")
    page = _read(ROOT / "docs" / "releasing.md")
    named = set(re.findall(r"\$\{\{ (?:secrets|vars)\.(\w+)", text))
    assert {name for name in named if f"`{name}`" not in page} == set()


def test_entitlements_can_be_read_and_ask_for_no_more_than_they_must() -> None:
    allowed = {
        "app": {"com.apple.security.cs.allow-unsigned-executable-memory"},
    }
    for name, rights in allowed.items():
        data = (PACKAGING / "macos" / f"{name}.entitlements").read_bytes()
        assert plistlib.loads(data) == dict.fromkeys(rights, True)
        assert b"<!--" not in data, "the kernel's reader of entitlements knows no remarks"


def test_files_that_desktops_read_are_well_formed_and_agree_on_names() -> None:
    linux = PACKAGING / "linux"
    component = ET.parse(linux / f"{APP_ID}.metainfo.xml").getroot()
    assert component.findtext("id") == APP_ID
    kind = ET.parse(linux / f"{APP_ID}.xml").getroot()[0]
    assert component.findtext("provides/mediatype") == kind.get("type") == "application/vnd.fastclip+json"
    for other in ("fastclip.spec", "packaging/windows/fastclip.iss", f"packaging/linux/{APP_ID}.desktop"):
        assert str(kind.get("type")) in _read(ROOT / other), other


def test_the_installer_asks_for_no_administrator_and_speaks_both_languages_throughout() -> None:
    text = _read(PACKAGING / "windows" / "fastclip.iss")
    assert "PrivilegesRequired=lowest" in text
    english, german = (set(re.findall(rf"^{language}\.(\w+)=.", text, re.MULTILINE)) for language in ("en", "de"))
    assert english == german
    ours = set(re.findall(r"\{cm:(\w+)\}", text)) | set(re.findall(r"CustomMessage\('(\w+)'\)", text))
    assert ours - {"CreateDesktopIcon"} == english
    assert "HKLM" not in text


def test_the_installer_is_given_all_that_it_demands() -> None:
    demanded = set(re.findall(r"#ifndef (\w+)\n +#error", _read(PACKAGING / "windows" / "fastclip.iss")))
    assert demanded == set(re.findall(r'"/D(\w+)=', _read(PACKAGING / "windows" / "installer.ps1")))


def test_hooks_before_commits_are_what_lint_does() -> None:
    hooks = re.findall(r"entry: (.+)", _read(ROOT / ".pre-commit-config.yaml"))
    recipe = re.search(r"^lint:.*\n((?:\t.+\n)+)", _read(ROOT / "Makefile"), re.MULTILINE)
    assert recipe is not None
    checks = [line.strip().replace("$(RUN)", ".venv/bin").removesuffix(" .") for line in recipe[1].splitlines()]
    assert [hook.replace(" --force-exclude", "") for hook in hooks] == checks


def test_hygiene_finds_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    from hygiene import complaints_of

    faults = {
        "marks": b"<" * 7 + b" ours\n",
        "key": b"-----BEGIN RSA PRIVATE KEY" + b"-----\n" + b"A" * 64 + b"\n",
        "ends": b"one\r\n",
        "blanks": b"one \ntwo\n",
        "newline": b"one",
    }
    for name, data in faults.items():
        file = tmp_path / name
        file.write_bytes(data)
        assert len(complaints_of(file)) == 1, name
    clean = tmp_path / "clean"
    clean.write_bytes(b"one\n\ntwo\n")
    assert complaints_of(clean) == []


def test_issue_forms_ask_for_what_helps() -> None:
    form = _read(ROOT / ".github" / "ISSUE_TEMPLATE" / "bug.yml")
    assert "fastclip doctor" in form
    assert "crash report" in form
    for name in ("ISSUE_TEMPLATE/feature.yml", "ISSUE_TEMPLATE/config.yml", "pull_request_template.md", "SECURITY.md"):
        assert (ROOT / ".github" / name).stat().st_size > 0


@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_shell_scripts_can_be_read_by_their_shell(script: Path) -> None:
    done = subprocess.run(["bash", "-n", str(script)], check=False, capture_output=True, text=True)
    assert done.stderr == ""
