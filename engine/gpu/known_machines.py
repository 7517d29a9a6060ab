"""What was found out about a GPU and its driver, kept in a JSON file: one word for each of them.

In: a GL context, a word. Out: the word that was kept for this GPU, "" if there is none. A file that cannot
be read or written does not matter: it is found out again.
"""

from __future__ import annotations

import json
from pathlib import Path

import moderngl


def name_gpu(context: moderngl.Context) -> str:
    """The GPU and its driver, in their own words."""
    return " | ".join(
        str(context.info[name]) for name in ("GL_VENDOR", "GL_RENDERER", "GL_VERSION")
    )


def read_known(path: Path, gpu: str) -> str:
    """What `keep_known` kept."""
    return _read(path).get(gpu, "")


def keep_known(path: Path, gpu: str, word: str) -> None:
    """Make or add to the file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({**_read(path), gpu: word}, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        return


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}
