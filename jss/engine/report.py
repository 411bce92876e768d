"""Everything about one freelancer's score on one day, and the JSON document that others rely on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jss.engine.contracts import ClosedContract
from jss.engine.positives import positives_needed
from jss.engine.publication import Publication, clients_of, publication_of, that_can_count
from jss.engine.roadmap import RoadmapEntry, roadmap_of
from jss.engine.rule_sets import CLASSIC
from jss.engine.rules import RuleSet
from jss.engine.scores import ShownScore, TrendScore, WindowScore, scores_of


@dataclass(frozen=True, slots=True)
class Report:
    """One freelancer on one day."""

    as_of: date
    rules: RuleSet
    windows: tuple[WindowScore, ...]
    trend: TrendScore | None
    shown: ShownScore
    publication: Publication
    target: int
    positives_needed: int | None
    roadmap: tuple[RoadmapEntry, ...]


def report_of(
    contracts: Sequence[ClosedContract], as_of: date, *, target: int = 90, rules: RuleSet = CLASSIC
) -> Report:
    """The scores at `as_of` and what follows from them; contracts closed later are ignored.

    `target` in whole per cent, 1 to 100. Raises ValueError for another one, or for a day that is
    out of range.
    """
    today = scores_of(contracts, as_of, rules=rules)
    counting = that_can_count(contracts, as_of, rules)
    return Report(
        as_of=as_of,
        rules=rules,
        windows=today.windows,
        trend=today.trend,
        shown=today.shown,
        publication=publication_of(len(counting), clients_of(counting), rules),
        target=target,
        positives_needed=positives_needed(contracts, as_of, target, rules=rules),
        roadmap=roadmap_of(contracts, as_of, rules=rules),
    )


def report_document(made: Report) -> dict[str, object]:
    """The report as JSON can hold it: the keys and their order are an interface."""
    return {
        "as_of": made.as_of.isoformat(),
        "rule_set": made.rules.name,
        "windows": [
            {
                "months": window.months,
                "positive": window.positive,
                "negative": window.negative,
                "no_feedback_counted": window.no_feedback_counted,
                "counted": window.counted,
                "score": window.score,
            }
            for window in made.windows
        ],
        **({"trending": made.trend.score} if made.trend else {}),
        "shown": {"score": made.shown.score, "months": list(made.shown.months)},
        "publication": made.publication.value,
        "positives_needed": {"target": made.target, "count": made.positives_needed},
        "roadmap": [
            {
                "date": entry.date.isoformat(),
                "months": entry.months,
                "left": [contract.title for contract in entry.left],
                "score_before": entry.score_before,
                "score_after": entry.score_after,
                "shown_before": entry.shown_before,
                "shown_after": entry.shown_after,
            }
            for entry in made.roadmap
        ],
    }
