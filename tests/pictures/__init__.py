"""The pictures of the README: what Chromium shows of a report and of a terminal."""
