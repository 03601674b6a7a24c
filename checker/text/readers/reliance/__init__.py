"""Who answers: what is left to the parent or rests on its rules, whom its answer reaches, what does not apply."""
