"""How people come in: who may join, and how they show that it is them."""
