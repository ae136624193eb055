package org.curvature4j.internal.cli.subject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.TensorFunction;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Numbers;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A function of a graph that derivatives can be asked of, or why they can't: nothing of it is computed.
 *
 * @param output to be differentiated
 * @param by a placeholder, or {@link ModelOptions#PARAMETERS}
 * @param data the other placeholders that the output needs
 * @param inputs numbers of a point; 0 where the graph doesn't allow the function
 * @param outputs results at a point; 0 where the graph doesn't allow it
 * @param shape of the results
 * @param work about the arithmetic of one Hessian, of one result, as {@link TensorFunction#work} counts; below 0 where it isn't counted
 * @param refusal why the graph doesn't allow it, or empty
 */
record Question(
        String output,
        String by,
        List<SDVariable> data,
        long inputs,
        long outputs,
        Shape shape,
        double work,
        String refusal) {

    /** Takes the function over for one example, if the graph allows that, and counts. */
    static Question of(SameDiff graph, String output, String by) {
        List<SDVariable> data = Wiring.placeholders(graph, output).stream()
                .filter(placeholder -> !placeholder.name().equals(by))
                .toList();
        try {
            TensorFunction function = builder(graph, output, by, data).build();
            TensorFunction one = function.outputSize() > 1
                    ? builder(graph, output, by, data).component(0).build()
                    : function;
            double work = function.outputSize() == 0 || function.inputSize() == 0
                    ? -1
                    : one.hessian().work();
            return new Question(
                    output, by, data, function.inputSize(), function.outputSize(), function.outputShape(), work, "");
        } catch (IllegalArgumentException e) {
            return new Question(output, by, data, 0, 0, Shape.SCALAR, -1, String.valueOf(e.getMessage()));
        }
    }

    private static FunctionBuilder builder(SameDiff graph, String output, String by, List<SDVariable> data) {
        FunctionBuilder builder = TensorFunction.builder(graph)
                .output(output)
                .perPoint(data.stream().map(SDVariable::name).toArray(String[]::new));
        return by.equals(ModelOptions.PARAMETERS) && !graph.hasVariable(by)
                ? builder.withRespectToParameters()
                : builder.withRespectTo(by);
    }

    boolean isByParameters() {
        return by.equals(ModelOptions.PARAMETERS);
    }

    boolean isAllowed() {
        return refusal.isEmpty();
    }

    /** Whether there is nothing to compute of a Hessian, for all its numbers are zero. */
    boolean isZero() {
        return work == 0;
    }

    /** Bytes of one Hessian, of one result. */
    double hessianBytes() {
        return (double) inputs * inputs * Double.BYTES;
    }

    /** Whether one Hessian fits such a memory, and a Java array. */
    boolean fits(long memory) {
        return (double) inputs * inputs <= Integer.MAX_VALUE && hessianBytes() <= memory;
    }

    /** All in words. */
    String words(long memory) {
        String what = "'" + Printable.name(output) + "' by " + Printable.name(by) + ": ";
        if (!isAllowed()) {
            return what + refusal;
        }
        return what + Words.count(inputs, "number") + " a point, " + Words.count(outputs, "result") + " " + shape
                + "\n  Jacobian [N, " + outputs + ", " + inputs + "], "
                + bytes((double) outputs * inputs * Double.BYTES) + " a point"
                + "\n  Hessian" + (outputs == 1 ? "" : " of one result") + " [N, " + inputs + ", " + inputs + "], "
                + bytes(hessianBytes()) + " a point, "
                + (fits(memory) ? "fits" : "doesn't fit") + " the memory of " + Numbers.bytes(memory)
                + (work < 0 ? "" : isZero() ? "; zero everywhere" : "; about " + rounded(work) + " operations");
    }

    /** Above what a long holds, it is told as that. */
    private static String bytes(double bytes) {
        return Numbers.bytes((long) bytes);
    }

    /** Two digits: it is an estimate. */
    private static String rounded(double work) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, work))) - 1));
        return Numbers.grouped((long) (Math.rint(work / unit) * unit));
    }

    Map<String, Object> fields(long memory) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("output", output);
        fields.put("by", by);
        fields.put("needs", data.stream().map(SDVariable::name).toList());
        fields.put("refusal", refusal);
        if (isAllowed()) {
            fields.put("inputSize", inputs);
            fields.put("outputSize", outputs);
            fields.put("outputShape", shape.toArray());
            fields.put("jacobianBytes", (double) outputs * inputs * Double.BYTES);
            fields.put("hessianBytes", hessianBytes());
            fields.put("hessianFits", fits(memory));
            if (work >= 0) {
                fields.put("hessianOperations", work);
            }
        }
        return fields;
    }
}
