"""What cuts the list of people."""

from django import forms

from fenjin.people.models.persons import Status


class PeopleFilterForm(forms.Form):
    """What the list of people is cut to."""

    q = forms.CharField(required=False, max_length=80)
    company = forms.IntegerField(required=False, min_value=1)
    unit = forms.IntegerField(required=False, min_value=1)
    status = forms.ChoiceField(required=False, choices=Status.choices)
    account = forms.ChoiceField(required=False, choices=[(key, key) for key in ("claimed", "code", "none")])
    after = forms.CharField(required=False, max_length=260, strip=False)
