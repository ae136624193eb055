package org.curvature4j.internal.engine.program;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.op.Packing;
import org.curvature4j.op.Scan;

/**
 * A loop: its body's plan, run once for each step on slices that are copied in and out. Memory doesn't grow with the number of
 * steps but by what is scanned and given.
 *
 * @param <M> a row-major array
 */
public final class LoopStep<M> implements Step {

    /** A body with memory. */
    public interface Plan<M> extends AutoCloseable {
        List<M> inputs();

        List<M> outputs();

        /** Computes what doesn't change from step to step. */
        void prepare();

        void run();

        /** Memory like an input's. */
        M spare(int input);

        /** Copies elements from one place in an array to one in another. */
        void copy(M from, long at, M to, long place, long count);

        @Override
        void close();
    }

    private record Copy<M>(M from, M to, long size) {}

    private final Scan scan;
    private final Plan<M> plan;
    private final M result;
    private final List<Copy<M>> begin = new ArrayList<>();
    private final List<Copy<M>> slices = new ArrayList<>();
    private final List<Copy<M>> aside = new ArrayList<>();
    private final List<Copy<M>> next = new ArrayList<>();
    private final List<Long> sizes;
    private final Packing packing;

    /**
     * @param plan closed with this
     * @param operands of the loop
     */
    public LoopStep(LoopBody body, Plan<M> plan, List<M> operands, M result) {
        this.scan = body.scan();
        this.plan = plan;
        this.result = result;
        this.packing = Packing.of(scan);
        this.sizes = body.program().outputs().stream()
                .map(output -> output.type().size())
                .toList();
        for (int k = 0; k < operands.size(); k++) {
            int input = body.given().get(k);
            long size = body.program().inputs().get(input).type().size();
            boolean slice = input >= scan.states() && input < scan.states() + scan.scanned();
            (slice ? slices : begin)
                    .add(new Copy<>(operands.get(k), plan.inputs().get(input), size));
        }
        List<Slot> inputs = body.program().inputs();
        for (int i = 0; i < scan.states(); i++) {
            M from = plan.outputs().get(i);
            // A state that becomes what another was is read before that one changes.
            if (inputs.contains(body.program().outputs().get(i).root())) {
                M spare = plan.spare(i);
                aside.add(new Copy<>(from, spare, sizes.get(i)));
                from = spare;
            }
            next.add(new Copy<>(from, plan.inputs().get(i), sizes.get(i)));
        }
    }

    @Override
    public void run() {
        begin.forEach(this::whole);
        plan.prepare();
        for (long time = 0; time < scan.length(); time++) {
            long step = scan.step(time);
            for (Copy<M> slice : slices) {
                plan.copy(slice.from, step * slice.size, slice.to, 0, slice.size);
            }
            plan.run();
            for (int i = scan.states(); i < sizes.size(); i++) {
                long size = sizes.get(i);
                plan.copy(plan.outputs().get(i), 0, result, packing.offset(i) + step * size, size);
            }
            aside.forEach(this::whole);
            next.forEach(this::whole);
        }
        for (int i = 0; i < scan.states(); i++) {
            plan.copy(plan.inputs().get(i), 0, result, packing.offset(i), sizes.get(i));
        }
    }

    private void whole(Copy<M> copy) {
        plan.copy(copy.from, 0, copy.to, 0, copy.size);
    }

    @Override
    public void close() {
        plan.close();
    }
}
