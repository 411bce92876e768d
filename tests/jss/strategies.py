"""Made-up contracts for the property tests."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from jss.engine import ClosedContract

AS_OFS = st.dates(date(2023, 1, 1), date(2028, 12, 31)) | st.sampled_from(
    [date(2024, 2, 28), date(2024, 2, 29), date(2026, 2, 28), date(2025, 8, 31), date(2026, 11, 30)]
)

RATINGS = st.sampled_from([None, None, *map(Decimal, ("5", "5", "4.00", "3.99", "1"))])


@st.composite
def practices(draw: st.DrawFn, most: int = 14) -> tuple[list[ClosedContract], date]:
    """A freelancer's contracts and an as-of date near them; some are open, or closed later."""
    as_of = draw(AS_OFS)
    days_ago = st.integers(-40, 760) | st.sampled_from([0, 181, 184, 365, 366, 730, 731])
    contracts = draw(
        st.lists(
            st.builds(
                ClosedContract,
                title=st.just(""),
                closed_on=st.none() | days_ago.map(lambda ago: as_of - timedelta(days=ago)),
                rating=RATINGS,
                client_flagged=st.sampled_from([False] * 9 + [True]),
                feedback_removed=st.sampled_from([False] * 9 + [True]),
            ),
            max_size=most,
        )
    )
    named = [
        ClosedContract(
            f"contract {number}",
            each.closed_on,
            each.rating,
            each.client_flagged,
            each.feedback_removed,
        )
        for number, each in enumerate(contracts)
    ]
    return named, as_of
