"""What a build is given of subscriptions and of the Subscribe page."""

from __future__ import annotations

from dataclasses import dataclass

from ..render.views import SubscribeForm
from .model import Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionSettings:
    """The subscriptions (`loader.read`), and the mail service's form (`subscribe_page.form_of`)."""

    subscriptions: tuple[Subscription, ...] = ()
    form: SubscribeForm | None = None
