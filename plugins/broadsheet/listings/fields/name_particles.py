"""The particles of family names ("van der Kite"), for patterns of names."""

PARTICLES = "van|von|de|der|den|del|la|le|di|da|dos|du|el|al|bin|ibn|zu|zur|ter"
"""Alternatives of a regular expression; readers add those that their texts have."""
