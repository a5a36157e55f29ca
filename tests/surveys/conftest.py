"""What the tests of this package share."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no failure of the property.
settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
