# Written against 0001_initial; the number leaves room for what is made at the same time.

import django.db.models.deletion
from django.db import migrations, models

import accounts.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("jss", "0003_kept_scores"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecoveryAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=accounts.public_ids.new_public_id,
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                ("text", models.TextField(verbose_name="your answer")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "freelancer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_answer",
                        to="accounts.freelancer",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_answers",
                        to="accounts.practice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="jss_recovery_answer_has_words",
                    )
                ],
            },
        ),
    ]
