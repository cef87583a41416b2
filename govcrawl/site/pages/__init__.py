"""The pages: each module has `ROUTES = [(regex, view), …]` and `async def view(datasette, request) -> Response`."""
