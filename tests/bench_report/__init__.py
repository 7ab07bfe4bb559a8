"""The report of a long history beside matplotlib's plots of the same: see SPEED.md."""
