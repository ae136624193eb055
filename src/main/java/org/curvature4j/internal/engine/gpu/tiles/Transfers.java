package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.TensorProgram;

/** How float64 numbers in a caller's order become a program's inputs, and its output such numbers. */
final class Transfers {
    /** Numbers that are copied to a place, and what then makes an array of them. */
    record Arrival(long place, List<Launch> then) {}

    private final List<DeviceArray> inputs;
    private final List<Arrival> arrivals;
    private final DeviceArray output;
    private final List<Launch> points;
    private final List<Launch> rows;

    Transfers(ProgramCode code, TensorProgram program) {
        this.inputs = program.inputs().stream().map(code::array).toList();
        this.arrivals = inputs.stream().map(input -> arrival(code, input)).toList();
        this.output = code.array(program.outputs().get(0));
        this.points = points(code, inputs.get(0));
        this.rows = rows(code, output);
    }

    /** How numbers, row-major, become an array. */
    static Arrival arrival(ProgramCode code, DeviceArray array) {
        if (array.held() == Held.DOUBLE) {
            return new Arrival(array.place(), List.of());
        }
        DeviceArray numbers = scratch(code, array.shape());
        return new Arrival(
                numbers.place(), code.target().cast(numbers, array, DType.FLOAT64, array.dtype()).list());
    }

    private static DeviceArray scratch(ProgramCode code, Shape shape) {
        return DeviceArray.at(code, code.takeWholeScratch(shape.size() * Double.BYTES), shape, DType.FLOAT64);
    }

    private static long batch(DeviceArray array) {
        int rank = array.shape().rank();
        return rank == 0 ? 1 : array.shape().dim(rank - 1);
    }

    private static List<Launch> points(ProgramCode code, DeviceArray input) {
        long batch = batch(input);
        long from = scratch(code, input.shape()).place();
        long length = input.shape().size() / Math.max(1, batch);
        return code.target().transposed(new TransposeText(Held.DOUBLE, input.held(), 1, batch, length), from, input.place()).list();
    }

    private static List<Launch> rows(ProgramCode code, DeviceArray output) {
        long batch = batch(output);
        long to = scratch(code, output.shape()).place();
        long length = output.shape().size() / Math.max(1, batch);
        return code.target().transposed(new TransposeText(output.held(), Held.DOUBLE, 1, length, batch), output.place(), to).list();
    }

    /** The array of an input. */
    DeviceArray input(int number) {
        return inputs.get(number);
    }

    /** How the numbers of an input, row-major, get there. */
    Arrival arrival(int input) {
        return arrivals.get(input);
    }

    /** How points, one after the other, get into the first input, whose last axis is the batch. */
    Arrival points() {
        return new Arrival(ProgramCode.SCRATCH, points);
    }

    DeviceArray output() {
        return output;
    }

    /** What brings the results of the points of a batch, one after the other, to a place, and that place. */
    Arrival rows() {
        return new Arrival(ProgramCode.SCRATCH, rows);
    }
}
