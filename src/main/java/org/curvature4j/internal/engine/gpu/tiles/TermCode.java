package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.jspecify.annotations.Nullable;

/**
 * The code of a function of several inputs of which one, a vector, changes from call to call: it is read from memory that
 * several plans share, and the result goes to such memory, or is added to what is there.
 */
final class TermCode {
    /** The numbers of outside memory for the vector and the result, float64 each. */
    static final int VECTOR = 0;

    static final int RESULT = 1;

    private final ProgramCode code;
    private final List<Arrival> others = new ArrayList<>();
    private final List<Launch> before;
    private final List<Launch> stored;
    private final List<Launch> added;
    private long largest;

    private TermCode(Graph graph, int varying, boolean inPlace, @Nullable Double weight) {
        TensorProgram program = TensorProgram.of(graph, new DeviceRecorder(), varying);
        Slot vector = program.inputs().get(varying);
        Slot result = program.outputs().get(0);
        Map<Slot, Long> places = new HashMap<>();
        boolean read = Held.of(vector.type().dtype()) == Held.DOUBLE;
        if (read) {
            places.put(vector, Places.outside(VECTOR));
        }
        boolean written = inPlace && isWritten(result, program);
        if (written) {
            places.put(result, Places.outside(RESULT));
        }
        this.code = new ProgramCode(program, places);
        for (int i = 0; i < program.inputs().size(); i++) {
            if (i != varying) {
                DeviceArray other = code.array(program.inputs().get(i));
                others.add(Arrival.of(code, other));
                largest = Math.max(largest, other.shape().size());
            }
        }
        DeviceTarget target = code.target();
        DeviceArray input = flat(code.array(vector));
        DeviceArray output = flat(code.array(result));
        DeviceArray sum = at(RESULT, output.shape());
        this.before = read
                ? List.of()
                : target.cast(at(VECTOR, input.shape()), input, DType.FLOAT64, input.dtype())
                        .list();
        this.stored = written
                ? List.of()
                : target.cast(output, sum, output.dtype(), DType.FLOAT64).list();
        this.added =
                weight == null ? List.of() : target.added(sum, output, weight).list();
    }

    /**
     * Prepares a term of a sum.
     *
     * @param graph one output
     * @param varying position of the input that changes
     * @param weight of the result where it is added
     * @throws org.curvature4j.internal.engine.code.Unsuitable if it isn't one for a device
     */
    static TermCode of(Graph graph, int varying, double weight) {
        return new TermCode(graph, varying, false, weight);
    }

    /** Prepares a function of a tile of points, its first input, which is stored where its results are wanted at once. */
    static TermCode ofTile(Graph graph) {
        return new TermCode(graph, 0, true, null);
    }

    /** Whether a value is computed, as float64, into memory of its own. */
    private static boolean isWritten(Slot slot, TensorProgram program) {
        return slot.root() == slot
                && slot.constant() == null
                && !program.inputs().contains(slot)
                && Held.of(slot.type().dtype()) == Held.DOUBLE;
    }

    private DeviceArray at(int outside, Shape shape) {
        return DeviceArray.at(code, Places.outside(outside), shape, DType.FLOAT64);
    }

    private static DeviceArray flat(DeviceArray array) {
        return new DeviceArray(
                array.block(), array.from(), Shape.of(array.shape().size()), array.dtype());
    }

    ProgramCode code() {
        return code;
    }

    /** Bytes of the largest array that is copied to a plan, beside the vector. */
    long uploads() {
        long contents = code.contents().stream()
                .mapToLong(content -> content.numbers().length)
                .max()
                .orElse(0);
        return Math.max(contents, largest) * Double.BYTES;
    }

    /** How the other inputs get there, in their order. */
    List<Arrival> others() {
        return others;
    }

    /** What takes the vector, before the program runs. */
    List<Launch> before() {
        return before;
    }

    /** What puts the result in its place, after the program has run. */
    List<Launch> stored() {
        return stored;
    }

    /** What adds the weighted result to what is there. */
    List<Launch> added() {
        return added;
    }
}
