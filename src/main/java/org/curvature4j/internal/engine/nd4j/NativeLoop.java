package org.curvature4j.internal.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.program.LoopBody;
import org.curvature4j.internal.engine.program.LoopStep;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.Target;
import org.curvature4j.internal.host.NativeArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The body of a loop by ND4J's operations, on the CPU only. */
final class NativeLoop implements LoopStep.Plan<NativeLoop.Memory> {
    /**
     * A row-major array, which keeps the memory.
     *
     * @param width bytes of an element
     */
    record Memory(INDArray array, BytePointer first, int width) {
        static Memory of(INDArray array) {
            BytePointer first = array.isEmpty()
                    ? new BytePointer()
                    : new BytePointer(array.data().addressPointer());
            return new Memory(array, first, array.dataType().width());
        }

        Pointer at(long element) {
            return first.getPointer(element * width);
        }
    }

    private final TensorPlan plan;
    private final List<Memory> inputs;
    private final List<Memory> outputs;
    private final List<INDArray> spares = new ArrayList<>();

    private NativeLoop(TensorPlan plan) {
        this.plan = plan;
        this.inputs = plan.inputs().stream().map(Memory::of).toList();
        this.outputs = plan.outputs().stream().map(Memory::of).toList();
    }

    static Step of(LoopBody body, Target<INDArray> target, List<INDArray> operands, INDArray z) {
        NativeLoop loop = new NativeLoop(new TensorPlan(body.program(), target));
        return new LoopStep<>(body, loop, operands.stream().map(Memory::of).toList(), Memory.of(z));
    }

    @Override
    public List<Memory> inputs() {
        return inputs;
    }

    @Override
    public List<Memory> outputs() {
        return outputs;
    }

    @Override
    public void prepare() {
        plan.prepare();
    }

    @Override
    public void run() {
        plan.run();
    }

    @Override
    public Memory spare(int input) {
        INDArray like = inputs.get(input).array();
        INDArray spare =
                NativeArrays.allocate(new TensorType(NativeArrays.dtype(like.dataType()), Shape.of(like.shape())));
        spares.add(spare);
        return Memory.of(spare);
    }

    @Override
    public void copy(Memory from, long at, Memory to, long place, long count) {
        if (count > 0) {
            Pointer.memcpy(to.at(place), from.at(at), count * from.width());
        }
    }

    @Override
    public void close() {
        plan.close();
        spares.forEach(INDArray::close);
    }
}
