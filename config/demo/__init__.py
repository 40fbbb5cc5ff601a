"""The demo community: Tarn Commons, an invented outdoor brand, its customers and what they said."""
