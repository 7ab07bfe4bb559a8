"""Self-contained HTML reports drawn from an `opstat.report/1` document."""
