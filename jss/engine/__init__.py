"""The Job Success Score, worked out: rules J1 to J10 and J12 as pure functions.

No Django, no clock, no database. Contracts go in, either one freelancer's as `ClosedContract`s or
many freelancers' as a `ContractTable` of columns; every figure has a function for each, and the
first is a thin layer over the second. Thresholds are compared in whole numbers and ratios only.

Start reading at `rules` (every constant), `windows` (J5), `outcomes` (J2), `tallies` (J3) and
`scores` (J1, J4); then `positives` (J8), `reversal` (J9), `publication` (J6), `recalculation` (J7)
and `standing` (J12). What changes with time stands on `ledger` and `timeline`: `roadmap` and
`outlook` (J10), and `history`. `explanation` says which contract counts where, and why not.
"""

from jss.engine.assumptions import assumed_closings
from jss.engine.cheapest_plan import Bounds, Plan, cheapest_plan, usual_number_until
from jss.engine.columns import FIRST_DAY, LAST_DAY, NO_SCORE
from jss.engine.contracts import ClosedContract, ContractTable
from jss.engine.culprits import Culprit, Culprits, SeenScore, Supposition, Verdict, culprits_of
from jss.engine.explanation import Explanation, InWindow, Reason, explanations_of
from jss.engine.history import Histories, History, Step, histories_of, history_of
from jss.engine.levers import EFFORTS, Efforts, Lever, LeverKind, Levers, levers_of
from jss.engine.movement import (
    Effect,
    Happening,
    Movement,
    ShownMovement,
    WindowMovement,
    last_change_of_shown,
    movement_of,
)
from jss.engine.outcomes import Outcome, outcome_of
from jss.engine.outlook import Outlook, Outlooks, outlook_of, outlooks_of
from jss.engine.positives import NEVER, positives_needed, positives_needed_by_all
from jss.engine.publication import (
    FirstScore,
    Publication,
    closed_of_all_time,
    first_score_of,
    publication_of,
)
from jss.engine.rating_changes import Gap, NotKnown, RatingChange, as_known_on
from jss.engine.recalculation import next_recalculation
from jss.engine.recovery import (
    AskStep,
    OwnUpStep,
    Recovery,
    RecoveryKind,
    RecoveryRow,
    RecoveryStep,
    ShortContractsStep,
    StepState,
    WaitStep,
    recovery_of,
)
from jss.engine.report import Report, report_document, report_of
from jss.engine.reversal import Reversal, reversals_of
from jss.engine.roadmap import RoadmapEntry, Roadmaps, roadmap_of, roadmaps_of
from jss.engine.rules import CLASSIC, RuleSet
from jss.engine.scores import Scores, ScoreTable, ShownScore, WindowScore, score_table_of, scores_of
from jss.engine.standing import Standing, standing_of
from jss.engine.tallies import Tallies, tallies_at
from jss.engine.top_rated import (
    WEEKS,
    WEEKS_NEEDED,
    Fall,
    ObservedScore,
    Source,
    TopRatedTrack,
    Week,
    top_rated_track,
)
from jss.engine.what_if import (
    Answer,
    Scenario,
    WhatIf,
    is_changeable,
    reachable_on,
    scenario_apply,
    what_if_of,
)
from jss.engine.windows import is_in_window, leaves_on, window_start

__all__ = [
    "CLASSIC",
    "EFFORTS",
    "FIRST_DAY",
    "LAST_DAY",
    "NEVER",
    "NO_SCORE",
    "WEEKS",
    "WEEKS_NEEDED",
    "Answer",
    "AskStep",
    "Bounds",
    "ClosedContract",
    "ContractTable",
    "Culprit",
    "Culprits",
    "Effect",
    "Efforts",
    "Explanation",
    "Fall",
    "FirstScore",
    "Gap",
    "Happening",
    "Histories",
    "History",
    "InWindow",
    "Lever",
    "LeverKind",
    "Levers",
    "Movement",
    "NotKnown",
    "ObservedScore",
    "Outcome",
    "Outlook",
    "Outlooks",
    "OwnUpStep",
    "Plan",
    "Publication",
    "RatingChange",
    "Reason",
    "Recovery",
    "RecoveryKind",
    "RecoveryRow",
    "RecoveryStep",
    "Report",
    "Reversal",
    "RoadmapEntry",
    "Roadmaps",
    "RuleSet",
    "Scenario",
    "ScoreTable",
    "Scores",
    "SeenScore",
    "ShortContractsStep",
    "ShownMovement",
    "ShownScore",
    "Source",
    "Standing",
    "Step",
    "StepState",
    "Supposition",
    "Tallies",
    "TopRatedTrack",
    "Verdict",
    "WaitStep",
    "Week",
    "WhatIf",
    "WindowMovement",
    "WindowScore",
    "as_known_on",
    "assumed_closings",
    "cheapest_plan",
    "closed_of_all_time",
    "culprits_of",
    "explanations_of",
    "first_score_of",
    "histories_of",
    "history_of",
    "is_changeable",
    "is_in_window",
    "last_change_of_shown",
    "leaves_on",
    "levers_of",
    "movement_of",
    "next_recalculation",
    "outcome_of",
    "outlook_of",
    "outlooks_of",
    "positives_needed",
    "positives_needed_by_all",
    "publication_of",
    "reachable_on",
    "recovery_of",
    "report_document",
    "report_of",
    "reversals_of",
    "roadmap_of",
    "roadmaps_of",
    "scenario_apply",
    "score_table_of",
    "scores_of",
    "standing_of",
    "tallies_at",
    "top_rated_track",
    "usual_number_until",
    "what_if_of",
    "window_start",
]
