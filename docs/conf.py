"""How Sphinx makes a site of these pages: ``make docs``, into build/site.

The pages are plain Markdown whose links hold on a code host too. So the folder above is the source, only for the README
and the like to be pages as well; what Sphinx alone needs, such as the list of contents, is put in here.
"""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

ROOT = Path(__file__).parents[1]

project = "FastClip Desktop"
author = "The FastClip Desktop founders"
project_copyright = author
version = release = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
include_patterns = ["docs/**.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
exclude_patterns = [".*", "build", "dist", "fastclip_desktop", "tests", "packaging", "resources", "node_modules"]
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 4
nitpicky = True

CONTENTS = {
    "Begin": ["install", "first-clip", "prompts", "window", "shortcuts", "shorts", "links", "troubleshooting", "diagnostics"],
    "Look up": ["commands", "settings", "errors", "models", "hardware", "privacy", "cluster"],
    "Scripts": ["api", "routes", "moving"],
    "Take part": ["../CONTRIBUTING", "architecture", "packages", "releasing", "decisions/index", "../CHANGELOG", "../README"],
}
"""The pages in the margin, by parts; a page that is named nowhere fails the build."""

root_doc = "docs/index"

html_theme = "furo"
html_title = project
html_logo = "../resources/fastclip.svg"
html_favicon = "../resources/fastclip.svg"
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_static_path = ["site"]
html_css_files = ["site.css"]
templates_path = ["site"]
html_additional_pages = {"index": "redirect.html"}
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#3f51d1", "color-brand-content": "#3f51d1"},
    "dark_css_variables": {"color-brand-primary": "#93a2ff", "color-brand-content": "#93a2ff"},
    "footer_icons": [],
}


def _add_contents(_app, page, source):
    if page == root_doc:
        source[0] += "".join(_contents(names, caption) for caption, names in CONTENTS.items())
    elif page == "docs/decisions/index":
        source[0] += _contents(["decisions/*"], "Decisions")


def _contents(names, caption):
    pages = dict.fromkeys(page for name in names for page in _pages(name))
    listed = "\n".join(f"/{page}" for page in pages)
    return f"\n\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```\n"


def _pages(name):
    found = sorted((ROOT / "docs").glob(f"{name}.md"))
    pages = [path.resolve().relative_to(ROOT).with_suffix("").as_posix() for path in found]
    return [page for page in pages if page != root_doc and not (page.endswith("index") and "*" in name)]


_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc=["']?(?:https?:)?//"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preload|preconnect|icon))[^>]*\bhref=["']?(?:https?:)?//"""
    r"""|url\(["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
)


def _fetch_nothing(app, fault):
    """Fail if a page would fetch anything from another place: fonts, scripts, counters."""
    if fault is None:
        for path in Path(app.outdir).rglob("*"):
            if path.suffix in (".html", ".css") and (found := _FETCHED.search(path.read_text(encoding="utf-8"))):
                raise ExtensionError(f"{path} fetches something from elsewhere: {found[0]}")


def setup(app):
    """Have the list of contents put into the first page, and look through what was made."""
    app.connect("source-read", _add_contents)
    app.connect("build-finished", _fetch_nothing)
