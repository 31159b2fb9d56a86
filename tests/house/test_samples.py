"""Every address with arguments has a sample, so that the walks find it."""

import pytest

from tests.house import addresses
from tests.house.addresses import all_addresses


def test_every_address_of_ours_has_a_sample():
    known = addresses.samples()
    needing = [address for address in addresses.ours(all_addresses()) if address.arguments]
    assert [address.name for address in needing if address.name not in known] == []


def test_no_sample_outlives_its_address():
    names = {address.name for address in all_addresses()}
    assert sorted(addresses.samples().keys() - names) == []


def test_an_address_without_a_sample_is_seen():
    address = next(address for address in all_addresses() if address.name == "newsroom:article")
    with pytest.raises(KeyError, match="SAMPLE_URLS"):
        addresses.build(address, None, {})
