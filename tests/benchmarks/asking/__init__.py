"""How long a large corpus takes to answer: its pages, its stories, and what they are made of."""
