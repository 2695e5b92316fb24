"""What actions tell the rest of the code. `matrix` listens; nobody imports `matrix`.

`changed` is sent with
  community   the community whose matrix is concerned
  story_ids   the stories that changed; None: all may count differently; (): none does, but what
              the page shows beside the sums has changed
  narrows     true where the change takes something away from somebody
"""

from django.dispatch import Signal

changed = Signal()


def tell(community, story_ids, *, narrows=False):
    changed.send(sender=None, community=community, story_ids=story_ids, narrows=narrows)
