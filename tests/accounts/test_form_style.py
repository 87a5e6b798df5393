"""Every required field of ours has its own sentence, and no browser gets in between."""

from django import forms

from accounts.form_style import PlainForm


class Example(PlainForm, forms.Form):
    title = forms.CharField(label="Title", widget=forms.TextInput(attrs={"placeholder": "Title"}))
    kind = forms.ChoiceField(label="Kind of activity", choices=[("a", "A")])
    when = forms.ChoiceField(label="When?", choices=[("a", "A")])
    sure = forms.BooleanField(label="Keep both")
    own = forms.CharField(error_messages={"required": "Say which"})
    first_name = forms.CharField()


def test_sentences_take_up_the_label() -> None:
    errors = {name: messages[0] for name, messages in Example({}).errors.items()}
    assert errors == {
        "title": "Enter title",
        "kind": "Choose kind of activity",
        "when": "Choose an answer",
        "sure": 'Tick "Keep both"',
        "own": "Say which",
        "first_name": "Enter first name",
    }


def test_no_placeholder_and_no_browser_validation() -> None:
    drawn = str(Example()["title"])
    assert "placeholder" not in drawn
    assert "required" not in drawn
