"""A report of the engine as plain text for a terminal."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from contracts.importing.problems import shown as one_line
from jss.engine import TREND, Publication, Report, RoadmapEntry, WindowScore


def report_table(report: Report) -> str:
    """The whole report, one line a figure. Titles lose what could steer the terminal."""
    parts = [
        _("Job Success Score on %(day)s: an estimate by the rules “%(rules)s”")
        % {"day": report.as_of.isoformat(), "rules": report.rules.name},
        "",
        *_windows(report.windows),
        *_trending(report),
        "",
        _shown(report),
        _publication(report.publication),
        _positives_needed(report),
        "",
        *_roadmap(report.roadmap),
    ]
    return "\n".join(parts)


def _windows(windows: Sequence[WindowScore]) -> list[str]:
    head = (
        _("window"),
        _("positive"),
        _("negative"),
        _("no feedback, counted"),
        _("all counted"),
        _("score"),
    )
    rows = [
        (
            _("%(months)s months") % {"months": window.months},
            str(window.positive),
            str(window.negative),
            str(window.no_feedback_counted),
            str(window.counted),
            _score(window.score),
        )
        for window in windows
    ]
    return _columns([head, *rows])


def _trending(report: Report) -> list[str]:
    trend = report.trend
    if trend is None:
        return []
    words = _("Trending: %(score)s, the mean of %(recent)s and %(longer)s (months: %(months)s).")
    return [
        "",
        words
        % {
            "score": _score(trend.score),
            "recent": _score(trend.recent.score),
            "longer": _score(trend.longer.score),
            "months": f"{trend.recent.months}, {trend.longer.months}",
        },
    ]


def _line_name(months: int) -> str:
    return _("trending") if months == TREND else _("%(months)s months") % {"months": months}


def _shown(report: Report) -> str:
    if report.shown.score is None:
        return _("Shown: no score, as nothing is counted in any window.")
    months = ", ".join(str(months or _("trending")) for months in report.shown.months)
    return _("Shown: %(score)s, the highest (months: %(months)s).") % {
        "score": _score(report.shown.score),
        "months": months,
    }


def _publication(publication: Publication) -> str:
    match publication:
        case Publication.NONE:
            return _("Too few closed contracts for a first score.")
        case Publication.POSSIBLE:
            return _("A first score may appear at the next calculation.")
        case Publication.PUBLISHED:
            return _("Enough closed contracts for a published score.")


def _positives_needed(report: Report) -> str:
    target = _score(report.target)
    if report.positives_needed is None:
        return _("No number of five-star contracts reaches %(target)s.") % {"target": target}
    return _("Five-star contracts needed for %(target)s: %(count)s.") % {
        "target": target,
        "count": report.positives_needed,
    }


def _roadmap(entries: Sequence[RoadmapEntry]) -> list[str]:
    if not entries:
        return [_("No score changes from here on without new contracts.")]
    head = (_("date"), _("window"), _("score"), _("shown"), _("left"))
    rows = [
        (
            entry.date.isoformat(),
            _line_name(entry.months),
            f"{_score(entry.score_before)} → {_score(entry.score_after)}",
            f"{_score(entry.shown_before)} → {_score(entry.shown_after)}",
            "; ".join(one_line(contract.title) for contract in entry.left),
        )
        for entry in entries
    ]
    return _columns([head, *rows], left_aligned=(0, 1, 4))


def _score(score: int | None) -> str:
    return "–" if score is None else f"{score} %"


def _columns(rows: Sequence[Sequence[str]], left_aligned: Sequence[int] = (0,)) -> list[str]:
    """The rows in columns as wide as their widest cell, figures aligned right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "   ".join(
            cell.ljust(width) if column in left_aligned else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
