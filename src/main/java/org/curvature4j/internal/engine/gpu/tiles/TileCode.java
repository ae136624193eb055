package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.internal.engine.program.TensorProgram;

/**
 * The code of a program over a tile, and how rows of points become its first input, whose last axis is the batch, and its
 * output rows of results.
 */
final class TileCode {
    private final ProgramCode code;
    private final List<DeviceArray> inputs;
    private final List<Arrival> arrivals;
    private final DeviceArray output;
    private final Arrival points;
    private final Arrival rows;

    TileCode(TensorProgram program) {
        this.code = new ProgramCode(program);
        this.inputs = program.inputs().stream().map(code::array).toList();
        this.arrivals = inputs.stream().map(input -> Arrival.of(code, input)).toList();
        this.output = code.array(program.outputs().get(0));
        DeviceArray input = inputs.get(0);
        long tile = batch(input);
        long from = Arrival.scratch(code, input.shape()).place();
        TransposeText turnedIn = new TransposeText(
                Held.DOUBLE, input.held(), 1, tile, input.shape().size() / Math.max(1, tile));
        this.points = new Arrival(
                from, code.target().transposed(turnedIn, from, input.place()).list());
        long results = batch(output);
        long to = Arrival.scratch(code, output.shape()).place();
        TransposeText turnedOut =
                new TransposeText(output.held(), Held.DOUBLE, 1, output.shape().size() / Math.max(1, results), results);
        this.rows = new Arrival(
                to, code.target().transposed(turnedOut, output.place(), to).list());
    }

    private static long batch(DeviceArray array) {
        int rank = array.shape().rank();
        return rank == 0 ? 1 : array.shape().dim(rank - 1);
    }

    ProgramCode code() {
        return code;
    }

    /** Numbers of the first input. */
    int inputSize() {
        return Math.toIntExact(inputs.get(0).shape().size());
    }

    int outputSize() {
        return Math.toIntExact(output.shape().size());
    }

    /** Numbers of the results of some points. */
    int outputSize(int points) {
        long batch = batch(output);
        return batch == 0 ? 0 : Math.toIntExact(outputSize() / batch * Math.min(points, batch));
    }

    /** How the numbers of an input, row-major, get there. */
    Arrival arrival(int input) {
        return arrivals.get(input);
    }

    /** How points, one after the other, get into the first input. */
    Arrival points() {
        return points;
    }

    /** How results are brought one after the other. */
    Arrival rows() {
        return rows;
    }
}
