"""Reading links: spelling, hosts, public suffixes, canonical forms. No opinion, no network."""
