"""From segments to campaigns: a playbook of strategies, and which of them suit whom."""
