"""SQL that is put together of pieces."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Statement:
    """A piece of SQL with its parameters; `a + b` keeps both in step."""

    sql: str
    params: tuple = ()

    def __add__(self, other):
        if isinstance(other, str):
            return Statement(self.sql + other, self.params)
        return Statement(self.sql + other.sql, self.params + other.params)

    def __radd__(self, text):
        return Statement(text + self.sql, self.params)

    @classmethod
    def of(cls, queryset):
        return cls(*queryset.query.sql_with_params())

    def rows(self):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return cursor.fetchall()
