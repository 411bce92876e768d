"""The Job Success Score, worked out: rules J1 to J10 and J12 as pure functions.

No Django, no clock, no database. Contracts go in, either one freelancer's as `ClosedContract`s or
many freelancers' as a `ContractTable` of columns; every figure has a function for each, and the
first is a thin layer over the second. Thresholds are compared in whole numbers and ratios only.

Start reading at `rules` (every constant), `windows` (J5), `outcomes` (J2), `tallies` (J3) and
`scores` (J1, J4, J17); `rule_sets` holds what is built in, `weights` what outcomes weigh (J11).
Then come `positives` (J8), `reversal` (J9), `publication` (J6), `recalculation` (J7) and `standing`
(J12). What changes with time stands on `ledger` and `timeline`: `roadmap` and `outlook` (J10), and
`history`. `explanation` says which contract counts where, and why not; `comparison` how far a rule
set is off the scores seen on Upwork, and `calibration` what would fit them best.
"""

from jss.engine.agency import (
    BADGE_EARNINGS,
    BADGE_MONTHS,
    Agency,
    AgencyStanding,
    Member,
    MemberStanding,
    NextChange,
    agency_standing_of,
    points_between,
)
from jss.engine.agency_changes import (
    AgencyChange,
    Counterfactual,
    Newcomer,
    change_apply,
    counterfactual_of,
)
from jss.engine.assumptions import assumed_closings
from jss.engine.calibration import FEWEST_READINGS, Fit, Fitted, FitVerdict, fit_of
from jss.engine.cheapest_plan import Bounds, Plan, cheapest_plan, usual_number_until
from jss.engine.columns import FIRST_DAY, LAST_DAY, NO_SCORE
from jss.engine.comparison import Compared, Comparison, comparison_of, comparisons_of
from jss.engine.contracts import ClosedContract, ContractTable, weight_of
from jss.engine.conventions import Convention
from jss.engine.culprits import Culprit, Culprits, SeenScore, Supposition, Verdict, culprits_of
from jss.engine.efforts import EFFORTS, Efforts
from jss.engine.explanation import Explanation, InWindow, Reason, explanations_of
from jss.engine.history import SHOWN, Histories, History, Step, histories_of, history_of
from jss.engine.known_histories import Figures, figures_of, history_from, known_histories_of
from jss.engine.last_change import last_change_of_shown
from jss.engine.levers import Lever, LeverKind, Levers, levers_of
from jss.engine.long_term import is_long, whole_months, with_long_term_clients
from jss.engine.movement import (
    Effect,
    Happening,
    Movement,
    ShownMovement,
    WindowMovement,
    movement_of,
)
from jss.engine.observations import Observation
from jss.engine.outcomes import Outcome
from jss.engine.outlook import Outlook, Outlooks, outlook_of, outlooks_of
from jss.engine.positives import NEVER, positives_needed, positives_needed_by_all
from jss.engine.publication import (
    FirstScore,
    Publication,
    clients_of,
    first_score_of,
    publication_of,
    that_can_count,
)
from jss.engine.rating_changes import Gap, NotKnown, RatingChange, as_known_on
from jss.engine.ratios import displayed
from jss.engine.recalculation import next_recalculation
from jss.engine.recomputation import (
    ContractChange,
    Difference,
    What,
    changes_behind,
    contract_changes,
    differences_between,
    state_of,
)
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
from jss.engine.removal import RemovalRight, removal_right
from jss.engine.report import Report, report_document, report_of
from jss.engine.reversal import Reversal, reversals_of
from jss.engine.roadmap import RoadmapEntry, Roadmaps, roadmap_of, roadmaps_of
from jss.engine.rule_sets import (
    BUILT_IN,
    CLASSIC,
    TRENDING,
    WEIGHTED_2024,
    rule_set_named,
    with_options,
)
from jss.engine.rules import TREND, Reading, Removal, RuleSet
from jss.engine.scores import (
    Scores,
    ScoreTable,
    ShownScore,
    TrendScore,
    WindowScore,
    score_table_of,
    scores_of,
)
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
from jss.engine.weights import RefinedWeights, TieredWeights
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
    "BADGE_EARNINGS",
    "BADGE_MONTHS",
    "BUILT_IN",
    "CLASSIC",
    "EFFORTS",
    "FEWEST_READINGS",
    "FIRST_DAY",
    "LAST_DAY",
    "NEVER",
    "NO_SCORE",
    "SHOWN",
    "TREND",
    "TRENDING",
    "WEEKS",
    "WEEKS_NEEDED",
    "WEIGHTED_2024",
    "Agency",
    "AgencyChange",
    "AgencyStanding",
    "Answer",
    "AskStep",
    "Bounds",
    "ClosedContract",
    "Compared",
    "Comparison",
    "ContractChange",
    "ContractTable",
    "Convention",
    "Counterfactual",
    "Culprit",
    "Culprits",
    "Difference",
    "Effect",
    "Efforts",
    "Explanation",
    "Fall",
    "Figures",
    "FirstScore",
    "Fit",
    "FitVerdict",
    "Fitted",
    "Gap",
    "Happening",
    "Histories",
    "History",
    "InWindow",
    "Lever",
    "LeverKind",
    "Levers",
    "Member",
    "MemberStanding",
    "Movement",
    "Newcomer",
    "NextChange",
    "NotKnown",
    "Observation",
    "ObservedScore",
    "Outcome",
    "Outlook",
    "Outlooks",
    "OwnUpStep",
    "Plan",
    "Publication",
    "RatingChange",
    "Reading",
    "Reason",
    "Recovery",
    "RecoveryKind",
    "RecoveryRow",
    "RecoveryStep",
    "RefinedWeights",
    "Removal",
    "RemovalRight",
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
    "TieredWeights",
    "TopRatedTrack",
    "TrendScore",
    "Verdict",
    "WaitStep",
    "Week",
    "What",
    "WhatIf",
    "WindowMovement",
    "WindowScore",
    "agency_standing_of",
    "as_known_on",
    "assumed_closings",
    "change_apply",
    "changes_behind",
    "cheapest_plan",
    "clients_of",
    "comparison_of",
    "comparisons_of",
    "contract_changes",
    "counterfactual_of",
    "culprits_of",
    "differences_between",
    "displayed",
    "explanations_of",
    "figures_of",
    "first_score_of",
    "fit_of",
    "histories_of",
    "history_from",
    "history_of",
    "is_changeable",
    "is_in_window",
    "is_long",
    "known_histories_of",
    "last_change_of_shown",
    "leaves_on",
    "levers_of",
    "movement_of",
    "next_recalculation",
    "outlook_of",
    "outlooks_of",
    "points_between",
    "positives_needed",
    "positives_needed_by_all",
    "publication_of",
    "reachable_on",
    "recovery_of",
    "removal_right",
    "report_document",
    "report_of",
    "reversals_of",
    "roadmap_of",
    "roadmaps_of",
    "rule_set_named",
    "scenario_apply",
    "score_table_of",
    "scores_of",
    "standing_of",
    "state_of",
    "tallies_at",
    "that_can_count",
    "top_rated_track",
    "usual_number_until",
    "weight_of",
    "what_if_of",
    "whole_months",
    "window_start",
    "with_long_term_clients",
    "with_options",
]
