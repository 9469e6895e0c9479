"""Documents joined to a site: who speaks where, which pages there are."""

from digest.link.site import linked

__all__ = ["linked"]
