"""Long lists, a page at a time: by a cursor, so that what is added meanwhile moves nothing."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """The newest first. `page_size` up to 200."""

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
