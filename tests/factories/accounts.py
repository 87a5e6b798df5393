"""People."""

from datetime import UTC, datetime

import factory
from allauth.account.models import EmailAddress

from accounts.models import User, email_key

JOINED = datetime(2025, 6, 2, 13, 30, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        rules_admin = factory.Trait(is_rules_admin=True)
        demo = factory.Trait(is_demo=True)
        # Signs in through the page itself: a confirmed address. `client.force_login` needs none.
        confirmed = factory.Trait(
            address=factory.RelatedFactory("tests.factories.accounts.EmailAddressFactory", factory_related_name="user")
        )

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    email_key = factory.LazyAttribute(lambda user: email_key(user.email))
    joined_at = JOINED
    password = factory.django.Password("correct horse battery staple")


class EmailAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmailAddress

    user = factory.SubFactory(UserFactory)
    email = factory.SelfAttribute("user.email")
    verified = True
    primary = True
