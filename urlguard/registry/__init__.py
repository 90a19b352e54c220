"""The local registry of blocked resources: records, matching, history, lists in and out."""
