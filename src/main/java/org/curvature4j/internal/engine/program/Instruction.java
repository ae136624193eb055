package org.curvature4j.internal.engine.program;

import java.util.List;

/** A step before memory is assigned: what it computes, what it reads, what it writes. */
public record Instruction(Operation operation, List<Slot> inputs, Slot output) {}
