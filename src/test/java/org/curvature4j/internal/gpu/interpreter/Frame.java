package org.curvature4j.internal.gpu.interpreter;

/** Registers of the threads of a gang while they are in a routine: of register k and lane i at [k][i]. */
final class Frame {
    final Gang gang;
    final long[][] r;
    /** Where the routine's local memory begins in each lane's. */
    int localBase;

    Frame(Gang gang, Routine routine) {
        this.gang = gang;
        this.r = new long[routine.registers.size()][];
        Code code = java.util.Objects.requireNonNull(routine.code);
        for (int k = 0; k < r.length; k++) {
            Long constant = routine.constants.get(k);
            String special = code.specials.get(k);
            if (constant != null) {
                r[k] = gang.filled(constant);
            } else {
                r[k] = special != null ? gang.special(special) : new long[gang.size];
            }
        }
    }
}
