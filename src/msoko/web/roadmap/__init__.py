"""Programmes and roadmaps that live: who does what by when, with evidence and verification."""
