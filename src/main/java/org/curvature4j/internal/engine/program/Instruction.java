package org.curvature4j.internal.engine.program;

import java.util.List;
import java.util.function.UnaryOperator;

/** A step before memory is assigned: what it computes, what it reads, what it writes. */
public record Instruction(Operation operation, List<Slot> inputs, Slot output) {
    /** The same with other memory. */
    Instruction moved(UnaryOperator<Slot> places) {
        return new Instruction(operation, inputs.stream().map(places).toList(), places.apply(output));
    }
}
