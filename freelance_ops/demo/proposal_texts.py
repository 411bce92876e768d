"""The texts, posts and clients of the sample's proposals. All of it is made up."""

from typing import Final

TEMPLATES: Final = (
    (
        "Data pipelines",
        "{{ client_name }}, you write that {{ problem }}.\n\nI would begin with {{ first_step }}, "
        "so that you see numbers in the first week.\n\nWhich report hurts most today?",
    ),
    (
        "Dashboards",
        "Hello {{ client_name }},\n\nthe figures are there, but nobody trusts them: {{ problem }}. "
        "I would {{ first_step }}.\n\nWho reads them every morning?",
    ),
    (
        "Short and plain",
        "I have done this before, in {{ skill }}. First I would {{ first_step }}.\n\nShall we talk "
        "for ten minutes this week?",
    ),
)
BLOCKS: Final = (
    ("case", "A shop's orders, hourly", "For a shop I moved nightly exports to hourly loads."),
    ("review", "“Finally numbers that agree”", "A client wrote: “Finally numbers that agree.”"),
    ("question", "Which report first", "Which report do you open first in the morning?"),
    ("call_to_action", "Ten minutes", "Ten minutes on a call are enough to see whether I fit."),
)
JOBS: Final = (
    ("Nightly pipeline fails at random", "Data pipelines", "hourly", 55),
    ("Looker dashboard for a subscription box", "Dashboards", "fixed", 900),
    ("Move reports from sheets to BigQuery", "Data pipelines", "hourly", 60),
    ("Clean product data of a web shop", "Web shops", "fixed", 450),
    ("dbt models for a marketing team", "Data pipelines", "hourly", 65),
    ("KPI board for a clinic chain", "Dashboards", "fixed", 1_800),
    ("Faster search in a parts catalogue", "Web shops", "hourly", 50),
    ("Forecast stock for three warehouses", "Forecasts", "fixed", 2_400),
    ("Weekly e-mail report from HubSpot", "Dashboards", "fixed", 350),
    ("Airflow to Dagster, 40 jobs", "Data pipelines", "hourly", 70),
    ("Churn model for a language app", "Forecasts", "hourly", 65),
)
CLIENTS: Final = (
    *("Maria Lindqvist", "Tom Okafor", "Brightwater", "Ana Ferreira", "Hallam & Sons"),
    *("Priya Nair", "Jonas Weber", "Kestrel Labs", "Luc Moreau"),
)
SHOP_TEMPLATE: Final = (
    "A shop that loses orders",
    "Hi {{ client_name }},\n\nas I read it, {{ problem }}. I would begin with {{ first_step }}: "
    "then you know in a week what the checkout costs you, before anything is rebuilt.\n\nI make "
    "pages of shops on Django and PostgreSQL faster.\n\nOn which phones do your visitors pay?",
)
POST: Final = """Someone to make our tea shop's checkout faster
Posted 3 hours ago
Worldwide
We sell tea all over Europe, and every tenth visitor leaves on the payment page. It takes nine
seconds on a phone. We would like to know why, and then have it mended, step by step.
The shop runs on Django with PostgreSQL; orders go to our bookkeeping every night.
Please begin with the word "oolong", so that we know you have read this.
Thank you, Maria
$35.00 - $60.00
Hourly
Skills and Expertise
Django
PostgreSQL
Page Speed Optimization
Checkout Optimization
You will be asked to answer the following questions when submitting a proposal:
Which checkout have you made faster, and by how much?
When could you begin?
Send a proposal for: 14 Connects
About the client
Payment method verified
Belgium
Ghent
12 jobs posted
83% hire rate, 1 open job
$24K total spent
"""
ANSWER: Final = "A shop for cycling clothes: its payment page went from eight seconds to two."
