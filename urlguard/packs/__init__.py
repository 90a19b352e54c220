"""Rule packs: YAML files turned into one checked, compiled rule book."""
