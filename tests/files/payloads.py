"""What a stranger may write so that a spreadsheet, a browser or a terminal obeys it (G16, G17)."""

FORMULAS = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/x","点")', '=WEBSERVICE("http://127.0.0.1")', "+1+1", "-1+1",
    "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "'=1+1", '"=1+1"', "%0A=1+1", ";=1+1", "{=1+1}",
    "#REF!", "#N/A", "TRUE", "http://127.0.0.1/x", "mailto:a@b.c", "file:///etc/passwd", "internal:问卷!A1",
)  # fmt: skip
HONEST = ("-5%", "+86 10 6655 0000", "-", "—")
MARKUP = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg onload=alert(1)>",
    "javascript:alert(1)", "&lt;b&gt;", "{{ 7*7 }}", "{% raw %}", "[/bold]", "[link=http://x]x[/link]", "](http://x)",
    "\x1b[2J", "\x1b]0;x\x07", "\x1b]8;;http://x\x07x", "\x9b2J", "\x07", "\x00", "\u202eexe.xlsx", "\u2066", "\ufeff",
    "Z" + "\u0300" * 1000,
)  # fmt: skip
PAYLOADS = (*FORMULAS, *HONEST, *MARKUP)
