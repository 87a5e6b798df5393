"""The catalogue: bodies, their certifications, and the levels of each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Confidence(models.TextChoices):
    BODY = "body", "Read on the certifying body's own page"
    COPY = "copy", "Read in a copy of the certifying body's text"
    SECONDARY = "secondary", "Read on another site"
    UNVERIFIED = "unverified", "Not verified"


class Body(models.Model):
    """A certifying body: who decides."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    full_name = models.CharField(max_length=200, blank=True, default="")
    trade = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True, default="")
    meaning = models.TextField(blank=True, default="")
    checked_on = models.DateField()
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.BODY)
    edited_at = models.DateTimeField(null=True, blank=True)  # by a rules admin; from then on packs leave it alone

    def __str__(self) -> str:
        return self.name


class CertificationQuerySet(models.QuerySet["Certification"]):
    def catalogue(self) -> CertificationQuerySet:
        """What everybody may pick: not the ones somebody added for themselves."""
        return self.filter(owner=None)

    def open_to(self, user: Any) -> CertificationQuerySet:
        """The catalogue and the person's own additions."""
        return self.filter(Q(owner=None) | Q(owner=user))

    def matching(self, words: str) -> CertificationQuerySet:
        """Those whose name, short name, field, body or trade contains every word, literally."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(name__icontains=word)
                | Q(short__icontains=word)
                | Q(field__icontains=word)
                | Q(specialty__icontains=word)
                | Q(body__name__icontains=word)
                | Q(body__full_name__icontains=word)
                | Q(body__trade__icontains=word)
            )
        return found


class Certification(models.Model):
    """A programme a person can hold: certification, licence or micro-credential."""

    class Kind(models.TextChoices):
        CERTIFICATION = "certification", "Certification"
        LICENCE = "licence", "Licence"
        MICRO = "micro-credential", "Micro-credential"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="certifications")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="own_certifications"
    )
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    short = models.CharField(max_length=12)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CERTIFICATION)
    field = models.CharField(max_length=160, blank=True, default="")
    specialty = models.CharField(max_length=160, blank=True, default="")
    meaning = models.TextField(blank=True, default="")
    url = models.URLField(max_length=500, blank=True, default="")
    related = models.ManyToManyField("self", blank=True)
    # Whoever holds this one has earned those as well; seen from there: what they stack into.
    includes = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="stacks_into")
    checked_on = models.DateField(null=True, blank=True)  # when `url` was last read; else with the body
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "slug"], name="certification_slug_in_body"),
            models.CheckConstraint(
                condition=Q(body__isnull=False, owner__isnull=True) | Q(body__isnull=True, owner__isnull=False),
                name="certification_of_body_or_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def decider(self) -> str:
        """Who decides, by name. An entry that stands for many issuers has no site, and its name is nobody's."""
        return self.body.name if self.body and self.body.url else "the certifying body"


class Level(models.Model):
    """One rung of a certification's ladder, in order, and what it means."""

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="levels")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    meaning = models.TextField(blank=True, default="")
    needs = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["certification", "position"]
        constraints = [
            models.UniqueConstraint(fields=["certification", "position"], name="level_position_once"),
            models.UniqueConstraint(fields=["certification", "code"], name="level_code_once"),
            models.UniqueConstraint(fields=["id", "certification"], name="level_with_certification"),
        ]

    def __str__(self) -> str:
        return self.name
