"""Money and time rows as the exports hold them."""

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from accounts.models import Freelancer, Practice
from accounts.public_ids import PublicIdModel
from accounts.scoping import ScopedManager, ScopedQuerySet
from contracts.importing.payment_types import INCOME
from contracts.models.contracts import Contract
from contracts.models.imports import ImportBatch


class PaymentQuerySet(ScopedQuerySet["Payment"]):
    def months_paid(self, contracts: models.QuerySet[Contract]) -> dict[str, int]:
        """In how many calendar months each contract brought money, by its public id (J17)."""
        rows = (
            self.filter(contract__in=contracts, amount__gt=0, category__in=INCOME)
            .values("contract__public_id")
            .annotate(months=Count(TruncMonth("paid_on"), distinct=True))
        )
        return dict(rows.values_list("contract__public_id", "months"))


class Payment(PublicIdModel):
    """One row of an export. Without a contract it is the practice's: connects, withdrawals, taxes.

    `external_id` is unique per freelancer and source, so the same file, or one that overlaps it,
    adds nothing the second time. A and B share the source TRANSACTIONS, since both carry Upwork's
    Ref ID; C's weekly rows are another view of the same money and keep their own.
    """

    class Source(models.TextChoices):
        TRANSACTIONS = "transactions", _("Transaction report or history")
        WEEKLY = "weekly", _("Weekly summary")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="payments")
    freelancer = models.ForeignKey(Freelancer, models.PROTECT, related_name="payments")
    contract = models.ForeignKey(
        Contract, models.SET_NULL, null=True, blank=True, related_name="payments"
    )
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="payments")
    source = models.CharField(max_length=20, choices=Source)
    external_id = models.CharField(max_length=80)
    transaction_id = models.CharField(max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=80)
    category = models.CharField(_("category"), max_length=20)
    paid_on = models.DateField(_("date"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    hours = models.DecimalField(_("hours"), max_digits=9, decimal_places=2, null=True, blank=True)
    description = models.CharField(_("description"), max_length=500, blank=True)
    line = models.PositiveIntegerField(help_text="The line of the imported file.")

    objects = ScopedManager.from_queryset(PaymentQuerySet)()

    class Meta:
        ordering = ["-paid_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "freelancer", "source", "external_id"],
                name="contracts_payment_once",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0),
                name="contracts_payment_hours_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["contract", "paid_on"], name="contracts_payment_timeline")]

    def __str__(self) -> str:
        return f"{self.type} {self.amount} {self.currency}"
