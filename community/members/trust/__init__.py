"""Trust: what members may do grows with reading, time and contribution (docs/trust.md)."""
