"""What must be earned, and who holds what."""

from .catalogue import Body, Certification, Confidence, Level
from .drafts import RuleDraft
from .employers import Adjustment, CoverageTarget, InHouseRequirement, Interest
from .held import HeldCertification, RenewalPeriod
from .versions import RuleSet, RuleSetVersion

__all__ = [
    "Adjustment", "Body", "Certification", "Confidence", "CoverageTarget", "HeldCertification", "InHouseRequirement",
    "Interest", "Level", "RenewalPeriod", "RuleDraft", "RuleSet", "RuleSetVersion",
]  # fmt: skip
