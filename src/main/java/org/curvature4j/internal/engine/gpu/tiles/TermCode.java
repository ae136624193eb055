package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;

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

    /**
     * Prepares a function.
     *
     * @param graph one output
     * @param varying position of the input that changes
     * @param weight of the result where it is added
     * @throws org.curvature4j.internal.engine.code.Unsuitable if it isn't one for a device
     */
    TermCode(Graph graph, int varying, double weight) {
        TensorProgram program = TensorProgram.of(graph, new DeviceRecorder(), varying);
        Slot vector = program.inputs().get(varying);
        boolean direct = Held.of(vector.type().dtype()) == Held.DOUBLE;
        this.code = new ProgramCode(program, direct ? Map.of(vector, Places.outside(VECTOR)) : Map.of());
        for (int i = 0; i < program.inputs().size(); i++) {
            if (i != varying) {
                others.add(Arrival.of(code, code.array(program.inputs().get(i))));
            }
        }
        DeviceTarget target = code.target();
        Shape length = Shape.of(vector.type().size());
        this.before = direct
                ? List.of()
                : target.cast(
                                at(VECTOR, length),
                                flat(code.array(vector)),
                                DType.FLOAT64,
                                vector.type().dtype())
                        .list();
        DeviceArray output = flat(code.array(program.outputs().get(0)));
        DeviceArray result = at(RESULT, output.shape());
        this.stored = target.cast(output, result, output.dtype(), DType.FLOAT64).list();
        this.added = target.added(result, output, weight).list();
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
