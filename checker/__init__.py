"""What is wrong with a return: reading of answers, rules, states, reports, and the command line."""
