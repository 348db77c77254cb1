"""From which network somebody asks: a street, not a house, and never kept as it is."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

# What one household or one office is usually given.
IPV4_STREET, IPV6_STREET = 24, 64


def network_asking() -> str:
    """Return the network a request comes from, such as 192.0.2.0/24. Hash it before keeping it."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"  # a socket file, a broken proxy: all of them together
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    street = IPV4_STREET if address.version == 4 else IPV6_STREET
    return str(ip_network(f"{address.compressed.partition('%')[0]}/{street}", strict=False))
