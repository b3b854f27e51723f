"""Matching on files: people and policy in, pairs and their proof out (docs/references/match-command.md)."""
