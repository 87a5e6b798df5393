"""What the rules ask about an activity."""

from certifications.packs import SHIPPED
from certifications.rules.asking import Asked, asked_by
from certifications.rules.parsing import parse_text


def of(*names: str) -> Asked:
    return asked_by(parse_text((SHIPPED / name).read_text()) for name in names)


def test_the_words_that_rules_look_for() -> None:
    assert of("nicet/2010.toml") == Asked((), ("exam preparation", "society event"), above_level=True, stated=True)
    assert "ethics" in of("california-cpa/2014.toml").topics
    assert of("aws-cloud/associate-2018.toml") == Asked(stated=True)


def test_several_rule_sets_ask_together_and_in_order() -> None:
    both = of("nicet/2010.toml", "iicrc/technician-one-hour.toml")
    assert both.topics == ("exam preparation", "IICRC booth", "society event")
    assert both.above_level


def test_nobody_asks_anything() -> None:
    assert asked_by([]) == Asked()
