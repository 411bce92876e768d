"""A freelancer's record, put together by the room that `settings.PROFILE_RECORD` names.

This room lies below contracts and score and may not import them.
"""

import datetime as dt
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Freelancer
from profiles.record import Record


class RecordMaker(Protocol):
    """Puts a record together; the caller has looked that the freelancer's data may be seen."""

    def __call__(
        self, freelancer: Freelancer, as_of: dt.date, *, figures_only: bool = False
    ) -> Record: ...


def record_of(freelancer: Freelancer, *, as_of: dt.date, figures_only: bool = False) -> Record:
    """What log and score say on that day of a freelancer that the actor was found to see.

    `figures_only` leaves out the score and the past work, and is quick.
    """
    maker = cast("RecordMaker", import_string(settings.PROFILE_RECORD))
    return maker(freelancer, as_of, figures_only=figures_only)
