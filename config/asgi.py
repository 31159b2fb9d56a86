"""The one door of a node: Django's pages behind a thread pool (the hot lane joins here later).

Django runs as WSGI inside a2wsgi because its own ASGI path costs several times more CPU for
synchronous views (docs/decisions/0003-granian-and-a2wsgi.md).
"""

from a2wsgi import WSGIMiddleware

from config.wsgi import application as pages
from fenjin.kit.runtime.lifeline import end_with_web_server

end_with_web_server()

application = WSGIMiddleware(pages, workers=4)
