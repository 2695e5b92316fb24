"""The admin site of facilitators: what belongs to their communities, and acts as its forms."""

from functools import update_wrapper
from operator import attrgetter

from django.contrib.admin import AdminSite, ModelAdmin, SimpleListFilter
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from .models import Community
from .permissions import Permission


class FacilitatorSite(AdminSite):
    site_header = site_title = _("Looking after the community")
    index_title = _("What you look after")
    enable_nav_sidebar = False

    # People sign in and out on the site's own pages; no form here searches by itself.
    WITHOUT = {
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "view_on_site",
    }

    def has_permission(self, request):
        return bool(communities_with(request, Permission.REVIEW_STORY))

    def admin_view(self, view, cacheable=False):
        """Nobody is sent to the sign-in page, and whoever may not enter is told so at once."""
        guarded = super().admin_view(view, cacheable)

        def enter(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(enter, guarded)

    def get_urls(self):
        return [url for url in super().get_urls() if getattr(url, "name", "") not in self.WITHOUT]

    def each_context(self, request):
        communities = communities_with(request, Permission.REVIEW_STORY)
        return super().each_context(request) | {"looked_after": communities}


def communities_with(request, permission):
    """Those in which the person holds the permission. The admin asks dozens of times a page, so
    the answer is kept with the request."""
    kept = vars(request).setdefault("communities_with", {})
    if permission not in kept:
        kept[permission] = Community.objects.where(request.user, permission)
        len(kept[permission])
    return kept[permission]


site = FacilitatorSite(name="admin")


class CommunityFilter(SimpleListFilter):
    """For somebody who looks after several communities; with one there is nothing to choose."""

    title = _("community")
    parameter_name = "community"

    def lookups(self, request, model_admin):
        found = [(one.slug, one.name) for one in model_admin.communities(request)]
        return found if len(found) > 1 else []

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(**{f"{self.path}__slug": self.value()})


class CommunityAdmin(ModelAdmin):
    """Rows of the communities in which the person holds `permission`; nothing else can be seen,
    chosen or changed. `community_path` leads from a row to its community. The form is an
    `ActForm`."""

    permission = None
    community_path = "community"
    view_on_site = False

    def communities(self, request):
        return communities_with(request, self.permission)

    def get_queryset(self, request):
        mine = {f"{self.community_path}__in": self.communities(request)}
        return super().get_queryset(request).filter(**mine)

    def has_module_permission(self, request):
        return bool(self.communities(request))

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return self.has_module_permission(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    has_change_permission = has_view_permission

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_list_display(self, request):
        several = len(self.communities(request)) > 1
        return [*self.list_display, "community"] if several else self.list_display

    def get_list_filter(self, request):
        own = {"path": self.community_path}
        return [*self.list_filter, type("CommunityFilter", (CommunityFilter,), own)]

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the filters beside the list ask: a filter by teller would say who told two
        stories."""
        own = [one for one in self.list_filter if isinstance(one, type)]
        asked = {one.parameter_name for one in [*own, CommunityFilter]}
        names = [one for one in self.list_filter if one not in own]
        asked |= {f"{name}__{how}" for name in names for how in ("exact", "isnull")}
        return lookup in asked and "\0" not in str(value)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the buttons that add and change rows of another model in a window of its own."""
        if isinstance(db_field, models.ForeignKey):
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def choices(self, model, request, obj=None):
        """The rows of the related model that may be chosen: for a row that is there already, those
        of its community."""
        communities = self.communities(request)
        if obj:
            communities = communities.filter(pk=self.community_of(obj).pk)
        if model is Community:
            return communities
        return model.objects.filter(community__in=communities).select_related("community")

    def community_of(self, obj):
        return attrgetter(self.community_path.replace("__", "."))(obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)

        def choices(model):
            return self.choices(model, request, obj)

        bound = {"by": request.user, "choices": staticmethod(choices)}
        return type(form.__name__, (form,), bound)

    def render_change_form(self, request, context, *args, **kwargs):
        """One way to save, and to add another."""
        context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """The form's act has saved it."""

    def save_related(self, request, form, formsets, change):
        """The form's act has saved it."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404
