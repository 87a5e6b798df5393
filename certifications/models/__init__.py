"""What must be earned, and who holds what."""

from .catalogue import Body, Certification, Confidence, Level
from .held import HeldCertification, RenewalPeriod
from .versions import RuleSet, RuleSetVersion

__all__ = [
    "Body", "Certification", "Confidence", "HeldCertification", "Level", "RenewalPeriod", "RuleSet", "RuleSetVersion",
]  # fmt: skip
