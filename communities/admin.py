"""The admin site of facilitators: what belongs to their communities, and acts as its forms."""

from django import forms
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from .models import Community
from .permissions import Permission


class FacilitatorSite(AdminSite):
    site_header = site_title = _("Looking after the community")
    index_title = _("What you look after")

    def has_permission(self, request):
        user = request.user
        return user.is_active and Community.objects.where(user, Permission.REVIEW_STORY).exists()

    def login(self, request, extra_context=None):
        """Signing in happens on the site's own page; who is signed in already may not enter."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())


site = FacilitatorSite(name="admin")


class CommunityAdmin(ModelAdmin):
    """Rows of the communities in which the person holds `permission`; nothing else can be seen,
    chosen or changed. `community_path` leads from a row to its community."""

    permission = None
    community_path = "community"

    def communities(self, request):
        return Community.objects.where(request.user, self.permission)

    def get_queryset(self, request):
        mine = {f"{self.community_path}__in": self.communities(request)}
        return super().get_queryset(request).filter(**mine)

    def has_module_permission(self, request):
        return self.communities(request).exists()

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return self.has_module_permission(request)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    has_change_permission = has_view_permission

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.choices(db_field.related_model, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def choices(self, model, request):
        """The rows of the related model that may be chosen."""
        if model is Community:
            return self.communities(request)
        return model.objects.filter(community__in=self.communities(request))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def save_model(self, request, obj, form, change):
        """The form's act has saved it."""

    def save_related(self, request, form, formsets, change):
        """The form's act has saved it."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404


class ActForm(forms.ModelForm):
    """An admin form that does one act: `act()` returns the row; its refusal is shown as the form's
    faults. The admin's own transaction takes everything back where a later step fails."""

    by = None

    def act(self):
        raise NotImplementedError

    def _post_clean(self):
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.instance = self.act()
        except ValidationError as error:
            for name, faults in by_field(error).items():
                self.add_error(name if name in self.fields else None, faults)

    def save(self, commit=True):
        return self.instance

    def save_m2m(self):
        pass

    def written(self, names):
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def by_field(error):
    if hasattr(error, "error_dict"):
        return {name: ValidationError(faults) for name, faults in error.error_dict.items()}
    return {NON_FIELD_ERRORS: error}
