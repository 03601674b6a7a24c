"""The local page: for people who never open a terminal. Starlette lives here alone (extra ``desk``).

``server`` runs it, ``app`` puts the pages together, ``guard`` keeps strangers out. A page is a module with ``ROUTES``
(``clerk``), registered in ``app.PAGES``.
"""
