"""Variable parts of addresses."""

from django.urls import register_converter


class IdConverter:
    """The number of a row: ASCII digits only, and none that a database column cannot hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Base36Converter:
    """A person in a link of ours: letters and digits, so that it ends at the first dash."""

    regex = "[0-9A-Za-z]{1,13}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(IdConverter, "id")
register_converter(Base36Converter, "base36")
