"""What people type when they confirm, send, correct or withdraw."""

from fenjin.delivery.forms.compose import ComposeForm
from fenjin.delivery.forms.reading import ConfirmForm, CorrectForm, EndForm, SafetyForm, WithdrawForm

__all__ = ["ComposeForm", "ConfirmForm", "CorrectForm", "EndForm", "SafetyForm", "WithdrawForm"]
