package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.internal.engine.program.Step;

/** The kernels of an operation, in their order. A plan runs them. */
record Launches(List<Launch> list) implements Step {
    static final Launches NONE = new Launches(List.of());

    static Launches of(Launch... launches) {
        return new Launches(List.of(launches));
    }

    /** Some after others. */
    static Launches joined(List<Launches> parts) {
        return new Launches(parts.stream().flatMap(part -> part.list().stream()).toList());
    }

    @Override
    public void run() {
        throw new IllegalStateException("kernels: expected to be run by their plan");
    }
}
