"""Finding people and employers by what somebody remembers of them, through indexes: a site may have a million."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from accounts.models import Employer, User, email_key

_MOST_WORDS = 8


def people_named(asked: str) -> QuerySet[User]:
    """People whose name has words that begin like these, in any order, or whose address begins like it."""
    everybody = User.objects.all()
    if not asked:
        return everybody
    address = Q(email_key__startswith=email_key(asked))
    if "@" in asked:
        return everybody.filter(address)
    return everybody.alias(words=SearchVector("name", config="simple")).filter(Q(words=_begins(asked)) | address)


def employers_named(asked: str) -> QuerySet[Employer]:
    """Employers whose name has words that begin like these, in any order."""
    everything = Employer.objects.all()
    if not asked:
        return everything
    return everything.alias(words=SearchVector("name", config="simple")).filter(words=_begins(asked))


def _begins(asked: str) -> SearchQuery:
    """Each word quoted, so that no mark in it is an operator."""
    words = asked.split()[:_MOST_WORDS]
    quoted = ("'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in words)
    return SearchQuery(" & ".join(quoted), search_type="raw", config="simple")
