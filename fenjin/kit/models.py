"""The bases of tenant tables. They name the space by string, so kit knows no domain."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models

from fenjin.kit import clock
from fenjin.kit.scope import ScopeError, SpaceManager


class MadeAt(models.DateTimeField):  # type: ignore[type-arg]
    """When a row was made, by the clock of the house: where a demo has a past, so have its rows.

    To migrations it is the `auto_now_add` field that it stands for.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"auto_now_add": True, "editable": False} | options)

    def deconstruct(self) -> Any:
        """Return the plain field."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.DateTimeField", arguments, options

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Set the moment when the row is made, and never again."""
        if add:
            setattr(model_instance, self.attname, clock.now())
        return getattr(model_instance, self.attname)


class TenantModel(models.Model):
    """A row of content that belongs to one space.

    `uid` names the row across installations (export and import); `id` is for everything inside.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    space = models.ForeignKey("spaces.Space", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects: ClassVar[SpaceManager] = SpaceManager("content")

    class Meta:
        abstract = True


class PeopleTenantModel(TenantModel):
    """A row about units or people that belongs to one space."""

    objects: ClassVar[SpaceManager] = SpaceManager("people")

    class Meta:
        abstract = True


class ClosedManager(models.Manager[Any]):
    """The manager of a ledger: it answers nobody. Who wants to read asks a selector, which knows the reader's reach."""

    def get_queryset(self) -> NoReturn:
        """Raise ScopeError, always."""
        raise ScopeError("A ledger is read through its app's selectors only.")
