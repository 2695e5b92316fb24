"""Asking the API as a program does: by a token."""

from django.test import Client

from communities.actions import make_token


class Asking:
    """JSON in, JSON out; `last`: the whole answer to the last question."""

    def __init__(self, user, scope="facilitate", communities=(), **headers):
        self.token, self.secret = make_token(
            user=user, name="Test", scope=scope, communities=communities
        )
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"} | headers)

    def ask(self, method, path, data=None, **headers):
        content = {"data": data, "content_type": "application/json"} if data is not None else {}
        ask = getattr(self.client, method)
        self.last = ask(f"/api/v1/{path}", headers=headers, **content)
        return self.last.json() if self.last.content else None

    def get(self, path, **headers):
        return self.ask("get", path, **headers)

    def post(self, path, data=None, **headers):
        return self.ask("post", path, {} if data is None else data, **headers)

    def put(self, path, data, **headers):
        return self.ask("put", path, data, **headers)

    def patch(self, path, data, **headers):
        return self.ask("patch", path, data, **headers)

    def delete(self, path):
        return self.ask("delete", path)

    @property
    def status(self):
        return self.last.status_code
