"""A page's form as a browser would send it."""

from html.parser import HTMLParser

from django.test import Client


class FormReader(HTMLParser):
    """Reads the names and values of every control of the form with a class."""

    def __init__(self, css_class: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._class, self._inside = css_class, False
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = self._class in given.get("class", "").split()
        elif not self._inside:
            return
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self._add(given["name"], given.get("value", ""))
        elif tag == "select":
            self._select, self.sent[given["name"]] = given["name"], []
        elif tag == "option" and (not self.sent[self._select] or "selected" in given):
            self.sent[self._select] = [given["value"]]
        elif tag == "textarea":
            self._text, self.sent[given["name"]] = given["name"], [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._text:
            text = self.sent[self._text][0].removeprefix("\n")
            self.sent[self._text], self._text = [text.replace("\n", "\r\n")], ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text][0] += data

    def _add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def form_at(client: Client, address: str, css_class: str = "editor") -> dict[str, list[str]]:
    """What the form on a page would send, as it stands."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return form_in(answer.content.decode(), css_class)


def form_in(page: str, css_class: str = "editor") -> dict[str, list[str]]:
    """The same for a page that is already there."""
    reader = FormReader(css_class)
    reader.feed(page)
    return reader.sent
