"""The supervisor: who starts the stage and the desk, and starts them again. Imports nothing heavy."""
