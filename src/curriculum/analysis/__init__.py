"""What follows from tables and crosswalks: graphs, coverage, lineage, changes."""
