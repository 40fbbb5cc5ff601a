"""What a field says when it cannot be used."""

from django import forms


class Form(forms.Form):
    """One field of each kind, and one that says it better."""

    name = forms.CharField(error_messages={"required": "Enter your name."})
    about = forms.CharField()
    email = forms.EmailField()
    number = forms.IntegerField()
    one = forms.ChoiceField(choices=[("a", "A")])
    agree = forms.BooleanField()


def test_empty_fields_say_what_to_do() -> None:
    errors = {name: messages[0] for name, messages in Form({}).errors.items()}

    assert errors == {
        "name": "Enter your name.",
        "about": "Write something here.",
        "email": "Write something here.",
        "number": "Write a whole number.",
        "one": "Choose one.",
        "agree": "Tick this to go on.",
    }


def test_unusable_words_come_with_an_example() -> None:
    errors = Form({"email": "maya", "number": "few", "one": "z"}).errors

    assert errors["email"] == ["Write a whole e-mail address, for example name@example.org."]
    assert errors["number"] == ["Write a whole number."]
    assert errors["one"] == ["Choose one of the answers offered."]


class Bounds(forms.Form):
    """Fields that end somewhere."""

    word = forms.CharField(max_length=3)
    count = forms.IntegerField(min_value=2, max_value=5)


def test_what_is_too_long_or_too_large_says_how_far_it_may_go() -> None:
    assert Bounds({"word": "abcd", "count": "9"}).errors == {
        "word": ["Use at most 3 characters; this has 4."],
        "count": ["Write a number of at most 5."],
    }
    assert Bounds({"word": "abc", "count": "1"}).errors == {"count": ["Write a number of at least 2."]}
