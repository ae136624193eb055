package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.gpu.Buffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One term's plan: its data, and what doesn't depend on the vector, stay on the device. */
final class SumTerm {
    private final TermCode term;
    private final List<TensorType> types;
    private final PlanMemory memory;

    SumTerm(Lane lane, TermCode term, int varying, Buffer vector, Buffer result) {
        this.term = term;
        List<Slot> inputs = new java.util.ArrayList<>(term.code().program().inputs());
        inputs.remove(varying);
        this.types = inputs.stream().map(Slot::type).toList();
        this.memory = new PlanMemory(lane, term.code(), vector, result);
    }

    /** Copies values of the inputs that don't change, and computes what depends on them alone. */
    void feed(List<INDArray> others) {
        List<INDArray> typed = Feeds.typed(types, others);
        try {
            for (int i = 0; i < typed.size(); i++) {
                memory.feed(term.others().get(i), typed.get(i));
            }
        } finally {
            Feeds.close(typed, others);
        }
        memory.clearMarks();
        memory.run(term.code().seldom());
        await();
    }

    /** Queues the function of the vector, and what takes its result. */
    private void run(List<Launch> after) {
        memory.clearMarks();
        memory.run(term.before());
        memory.run(term.code().each());
        memory.run(after);
    }

    void store() {
        run(term.stored());
    }

    void add() {
        run(term.added());
    }

    /** Waits, and tells of indices that were refused. */
    void await() {
        memory.await();
        check();
    }

    /** Tells of indices that were refused, once the queue was waited for. */
    void check() {
        memory.check();
    }
}
