"""Problems of the pure reader as the database keeps them and as a reader sees them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from contracts.importing.problems import Problem


def problem_kept(problem: Problem, **more: Any) -> dict[str, Any]:
    """Return `problem` as JSON holds it, with `more` beside it."""
    return {"template": problem.template, "params": dict(problem.params), **more}


def sentence(kept: Mapping[str, Any]) -> str:
    """Return the sentence of a kept problem in the reader's language; "" where there is none."""
    if not kept.get("template"):
        return ""
    params = kept.get("params") or {}
    translated = gettext(kept["template"])
    return translated % params if params else translated.replace("%%", "%")
