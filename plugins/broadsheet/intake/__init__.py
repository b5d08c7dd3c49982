"""What an import publishes and what waits: content/intake.yml, and its verdict on papers. Pure.

May import subscriptions, search, archive.model, render.labels and what lies below.
"""

from .model import FILE, Intake, Rule, parse_intake
from .verdict import Candidate, verdicts

__all__ = ["FILE", "Candidate", "Intake", "Rule", "parse_intake", "verdicts"]
