"""What cuts the list of people."""

from django import forms


class PeopleFilterForm(forms.Form):
    """What the list of people is cut to."""

    q = forms.CharField(required=False, max_length=80)
    company = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
