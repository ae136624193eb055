package org.curvature4j.engine;

import java.util.List;

/** A step before memory is assigned: what it computes, what it reads, what it writes. */
record Instruction(Operation operation, List<Slot> inputs, Slot output) {}
