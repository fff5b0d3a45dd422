"""What activities add to the pages of groups: the library, and when people meet."""

from django.utils.translation import gettext_lazy as _

from sapwood.spaces.tabs import Tab, group_tab

group_tab(Tab("library", _("Library"), "group_library", order=40))
group_tab(Tab("gatherings", _("Gatherings"), "group_gatherings", order=50))
