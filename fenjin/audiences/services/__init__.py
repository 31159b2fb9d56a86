"""Writes of audiences."""

from fenjin.audiences.services.listing import erase_from_lists, make_list, put_list_away
from fenjin.audiences.services.refusals import (
    AudienceRefusal,
    ChangedMeanwhile,
    FileUnreadable,
    ListInUse,
    NameMissing,
    NameTaken,
    NoNumbers,
    NothingToTakeBack,
    TooManyNumbers,
)
from fenjin.audiences.services.saving import (
    change_audience,
    copy_audience,
    pass_on_audiences,
    put_away,
    save_audience,
    take_back,
)

__all__ = [
    "AudienceRefusal",
    "ChangedMeanwhile",
    "FileUnreadable",
    "ListInUse",
    "NameMissing",
    "NameTaken",
    "NoNumbers",
    "NothingToTakeBack",
    "TooManyNumbers",
    "change_audience",
    "copy_audience",
    "erase_from_lists",
    "make_list",
    "pass_on_audiences",
    "put_away",
    "put_list_away",
    "save_audience",
    "take_back",
]
