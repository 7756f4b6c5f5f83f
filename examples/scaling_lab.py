"""One figure of Scaling Lab in a notebook: pip install anywidget, and put the address of the lab's site below."""

import anywidget
import traitlets

SITE = "https://example.org/lab/"


class Figure(anywidget.AnyWidget):
    """A recorded run at once; training on the reader's own device when it is asked for."""

    _esm = f'import figure from "{SITE}anywidget.js"; export default figure;'

    lesson = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    spec = traitlets.Dict(None, allow_none=True).tag(sync=True)
    seed = traitlets.Int(None, allow_none=True).tag(sync=True)
    size = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    changes = traitlets.Dict(None, allow_none=True).tag(sync=True)
    view = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    figure = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    theme = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    device = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    result = traitlets.Dict().tag(sync=True)
    """lesson, size, seed, findings, and the results of all runs by key, when the experiment has ended"""
    error = traitlets.Dict().tag(sync=True)
    """name and message of what is wrong; empty where nothing is"""
