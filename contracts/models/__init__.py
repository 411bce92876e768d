"""Clients, contracts, feedback, payments, the log and imports."""

from contracts.models.clients import Client
from contracts.models.contracts import Contract, LogEntry
from contracts.models.feedback import Feedback
from contracts.models.imports import ImportBatch, ImportItem
from contracts.models.payments import Payment

__all__ = [
    "Client",
    "Contract",
    "Feedback",
    "ImportBatch",
    "ImportItem",
    "LogEntry",
    "Payment",
]
