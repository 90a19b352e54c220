"""Rules measured on labelled inputs: what each of them catches, what it hurts, what a change of them does."""
