"""Fixtures: a digest's folder of its own for each test."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine must not fail a test, nor a new example tomorrow what stands today; HYPOTHESIS_PROFILE=search looks for new ones.
UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("stands", **UNTIMED, derandomize=True)
settings.register_profile("search", **UNTIMED, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "stands"))

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@dataclass
class Project:
    """A digest's folder: settings, seeds, content, the real templates."""

    root: Path

    def seed(self, name: str, text: str | bytes) -> Path:
        path = self.root / "seeds" / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def content(self, name: str, text: str) -> Path:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def site(self, text: str) -> None:
        (self.root / "site.yaml").write_text(text, "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty digest."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "content").mkdir()
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    made = Project(tmp_path)
    made.site("title: A digest\nbase_url: https://example.org/digest/\ntext_mode: full\n")
    return made


@pytest.fixture
def digest(tmp_path: Path) -> Project:
    """This repository's own digest, copied; a fork with other texts tests without it."""
    known = {golden.stem for golden in (ROOT / "tests" / "golden").glob("*.json")}
    if {seed.stem for seed in (ROOT / "seeds").glob("*.*") if seed.name != "README.md"} != known:
        pytest.skip("the texts in seeds/ are not those that have golden files")
    for name in ("seeds", "content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "site.yaml", tmp_path / "site.yaml")
    return Project(tmp_path)
