"""Which column of a roster means what: asked once for each shape of file, then remembered."""

from django.db import models

from fenjin.people.models.accounts import Account


class RosterUpload(models.Model):
    """A file whose columns somebody is asked about before it is read; gone once read, or after seven days."""

    original_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=80, blank=True)  # the encrypted file; empty once deleted
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.original_name


class RosterColumns(models.Model):
    """What the columns of files of one shape mean, as a person said it."""

    shape = models.CharField(max_length=64, unique=True)  # of the header, see people.roster.choice.shape_of
    header = models.JSONField(default=list)  # names of the columns, as people read them
    choice = models.JSONField(default=dict)  # people.roster.choice.Choice
    remembered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    remembered_at = models.DateTimeField()

    def __str__(self) -> str:
        return "、".join(name for name in self.header if name)[:80]
