package org.curvature4j.internal.engine.program;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.op.Scan;

/**
 * What a loop does in each step, ready to be prepared once for all of them.
 *
 * @param program of the body: what depends on nothing that changes from step to step is seldom computed
 * @param given the numbers of the body's inputs that have elements: the operands of the loop, in this order
 */
public record LoopBody(Scan scan, TensorProgram program, List<Integer> given) {
    public LoopBody {
        given = List.copyOf(given);
    }

    static LoopBody of(Scan scan, Recorder recorder) {
        TensorProgram program = TensorProgram.repeated(scan.body(), recorder, scan.states() + scan.scanned());
        List<Integer> given = IntStream.range(0, program.inputs().size())
                .filter(i -> program.inputs().get(i).type().size() > 0)
                .boxed()
                .toList();
        return new LoopBody(scan, program, given);
    }

    /** Numbers of all states, which are kept apart for a moment while they change places. */
    public long stateSize() {
        return program.inputs().subList(0, scan.states()).stream()
                .mapToLong(state -> state.type().size())
                .sum();
    }
}
