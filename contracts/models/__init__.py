"""Clients, contracts, feedback, payments, the log, the close-out cadence and imports."""

from contracts.models.clients import Client
from contracts.models.closeout import (
    CloseoutEvent,
    CloseoutIntervals,
    MessageLanguage,
    MessageTemplate,
)
from contracts.models.contracts import Contract, LogEntry
from contracts.models.feedback import Feedback
from contracts.models.imports import ImportBatch, ImportItem
from contracts.models.payments import Payment

__all__ = [
    "Client",
    "CloseoutEvent",
    "CloseoutIntervals",
    "Contract",
    "Feedback",
    "ImportBatch",
    "ImportItem",
    "LogEntry",
    "MessageLanguage",
    "MessageTemplate",
    "Payment",
]
