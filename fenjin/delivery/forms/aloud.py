"""What a supervisor says after reading a message aloud."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 100_000


class ReadAloudForm(forms.Form):
    """On which day, and to how many; or who was there."""

    told_on = forms.DateField(
        label=_("Read aloud on"), widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
    )
    people = forms.IntegerField(
        label=_("To how many people"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("Or tick below who was there; then the number follows by itself."),
    )
    present = forms.TypedMultipleChoiceField(required=False, coerce=int)
    client_key = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: object, people_there: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["present"].choices = [(person, person) for person in people_there]  # type: ignore[attr-defined]
