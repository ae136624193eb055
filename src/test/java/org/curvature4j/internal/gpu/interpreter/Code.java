package org.curvature4j.internal.gpu.interpreter;

import java.util.Map;

/** A routine's instructions, decoded. */
final class Code {
    /** What stands at a place. */
    enum Kind {
        STEP,
        BRANCH,
        RETURN,
        BARRIER,
        WARP,
        TRAP
    }

    final Kind[] kinds;
    final Step[] steps;
    final int[] targets;
    final int[] guards;
    final boolean[] negated;
    /** Numbers of registers that hold what the device knows of a thread, by the name. */
    final Map<Integer, String> specials;

    final boolean usesBarriers;

    Code(
            Kind[] kinds,
            Step[] steps,
            int[] targets,
            int[] guards,
            boolean[] negated,
            Map<Integer, String> specials,
            boolean usesBarriers) {
        this.kinds = kinds;
        this.steps = steps;
        this.targets = targets;
        this.guards = guards;
        this.negated = negated;
        this.specials = specials;
        this.usesBarriers = usesBarriers;
    }
}
