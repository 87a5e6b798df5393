"""What the columns of a list of people mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

EMAIL, CERTIFICATION, EXPIRY = "email", "certification", "expiry"
MEANINGS = {
    "name": "Name",
    EMAIL: "Email",
    "team": "Team",
    "site": "Site",
    CERTIFICATION: "Certification",
    "level": "Level",
    "number": "Number",
    EXPIRY: "Expiry date",
}
TEMPLATE = ["Name", "Email", "Team", "Site", "Certification", "Level", "Number", "Expiry date"]

_WORDS = {
    "name": "name person people technician employee fullname worker",
    EMAIL: "email emailaddress mail address",
    "team": "team crew department group",
    "site": "site location branch office yard",
    CERTIFICATION: "certification certifications cert certificationname licence license program programme",
    "level": "level certificationlevel certlevel",
    "number": "number no certificationnumber certnumber certno certificationno licencenumber licensenumber",
    EXPIRY: "expiry expirydate expires expireson expirationdate expiration ends endson enddate currentto validuntil",
}
_KNOWN = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}


def recognised(headings: Sequence[str]) -> list[str]:
    """What each column seems to mean; empty where nothing fits. Each meaning is given once, to the first that fits."""
    found: list[str] = []
    for heading in headings:
        meaning = _KNOWN.get(re.sub(r"[^a-z]", "", heading.casefold()), "")
        found.append("" if meaning in found else meaning)
    return found
