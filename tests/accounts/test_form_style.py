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


class Longer(Example):
    title = forms.CharField(label="Title", max_length=2000)
    kind = forms.ChoiceField(label="Which kind?", choices=[("a", "A")])
    own = forms.CharField(label="What was it?", max_length=3)
    first_name = forms.CharField(max_length=1, error_messages={"max_length": "A letter will do"})


def test_what_is_too_long_or_not_in_the_list_is_told_in_words_too() -> None:
    sent = {"title": "x" * 2001, "kind": "b", "when": "b", "own": "long", "first_name": "ab"}
    errors = {name: messages[0] for name, messages in Longer(sent).errors.items()}
    assert errors == {
        "title": "Title must be 2,000 characters or fewer",
        "kind": "Which kind: choose from the list",
        "when": "When: choose from the list",
        "sure": 'Tick "Keep both"',
        "own": "Use 3 characters or fewer",
        "first_name": "A letter will do",
    }


def test_no_placeholder_and_no_browser_validation() -> None:
    drawn = str(Example()["title"])
    assert "placeholder" not in drawn
    assert "required" not in drawn
