"""Variable parts of addresses."""

from django.urls import register_converter


class IdConverter:
    """The number of a row: ASCII digits only, and none that a database column cannot hold."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(IdConverter, "id")
