package org.curvature4j.internal.engine.fused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.scalar.Scalar;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.op.Kernel;

/**
 * Computes a scalar program as it stands, to the last bit what the code made of it computes. Several times slower, but there
 * at once: a first compilation takes as long as hundreds of points of a small function.
 */
final class ScalarInterpreter implements ScalarLoop {
    private final int inputs;
    private final double[] initial;
    private final List<Kernel> kernels = new ArrayList<>();
    /** For each computation the places of its operands; its own value's place follows the inputs. */
    private final List<int[]> operands = new ArrayList<>();
    /** For each number of the result its value's place; -1 for one that is the same at every point. */
    private final int[] outputs;

    ScalarInterpreter(ScalarProgram program) {
        Map<Scalar, Integer> places = new HashMap<>();
        List<Double> constants = new ArrayList<>();
        this.inputs = program.inputs();
        int first = inputs + program.calls().size();
        for (Scalar.Call call : program.calls()) {
            int[] from = call.operands().stream()
                    .mapToInt(operand -> {
                        if (operand instanceof Scalar.Constant constant) {
                            return places.computeIfAbsent(operand, any -> {
                                constants.add(constant.value());
                                return first + constants.size() - 1;
                            });
                        }
                        return place(operand, places);
                    })
                    .toArray();
            places.put(call, inputs + kernels.size());
            kernels.add(call.kernel());
            operands.add(from);
        }
        this.initial = new double[first + constants.size()];
        for (int i = 0; i < constants.size(); i++) {
            initial[first + i] = constants.get(i);
        }
        this.outputs = program.outputs().stream()
                .mapToInt(output -> output instanceof Scalar.Constant ? -1 : place(output, places))
                .toArray();
    }

    private static int place(Scalar scalar, Map<Scalar, Integer> places) {
        return scalar instanceof Scalar.Input input
                ? input.index()
                : java.util.Objects.requireNonNull(places.get(scalar));
    }

    @Override
    public void run(double[] in, double[] out, double[] work, int count) {
        double[] values = initial.clone();
        double[] one = new double[1];
        double[] two = new double[2];
        double[] three = new double[3];
        for (int point = 0; point < count; point++) {
            System.arraycopy(in, point * inputs, values, 0, inputs);
            for (int k = 0; k < kernels.size(); k++) {
                int[] from = operands.get(k);
                double[] x = from.length == 1 ? one : from.length == 2 ? two : three;
                for (int i = 0; i < from.length; i++) {
                    x[i] = values[from[i]];
                }
                values[inputs + k] = JavaDialect.value(kernels.get(k), x);
            }
            for (int i = 0; i < outputs.length; i++) {
                if (outputs[i] >= 0) {
                    out[point * outputs.length + i] = values[outputs[i]];
                }
            }
        }
    }
}
