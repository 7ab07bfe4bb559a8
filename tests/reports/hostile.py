"""Names that a benchmark, a label or a warning may have, and its enemies choose."""

NAMES = {
    "markup": "</script></style><img src=x onerror=alert(1)>\"'&lt;",
    "scripts": "</title><script>confirm(1)</script><svg onload=prompt(1)>",
    "dollars": "cost:$x^2$/$\\frac{1}{0}$/\\frac",
    "controls": "nul:\x00 escape:\x1b[31m bell:\x07 lines:\r\n\u2028",
    "bidirectional": "abc\u202edef\u2066ghi\u200f/שלום",
    "surrogate": "lone:\ud800",
    "template": "{{ 7 * 7 }}{% raw %}",
    "svg": 'id="x" url(#y) #010206 href="#z" <!-- -->]]>',
    "wide": "漢字" * 40,
    "long": "L" * 4096,
}
