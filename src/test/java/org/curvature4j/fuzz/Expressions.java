package org.curvature4j.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ExpressionEvaluator;
import org.curvature4j.fuzz.Item.Step;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Runs the Java expressions of steps, so that what is printed is what was run. */
final class Expressions {
    static final String[] IMPORTS = {
        "org.nd4j.autodiff.loss.LossReduce",
        "org.nd4j.autodiff.samediff.SDIndex",
        "org.nd4j.autodiff.samediff.SDVariable",
        "org.nd4j.autodiff.samediff.SameDiff",
        "org.nd4j.enums.DataFormat",
        "org.nd4j.enums.PadMode",
        "org.nd4j.enums.PartitionMode",
        "org.nd4j.enums.WeightsFormat",
        "org.nd4j.linalg.api.buffer.DataType",
        "org.nd4j.linalg.api.ops.custom.DivideNoNan",
        "org.nd4j.linalg.api.ops.custom.Flatten",
        "org.nd4j.linalg.api.ops.impl.layers.convolution.config.*",
        "org.nd4j.linalg.api.ops.impl.layers.recurrent.config.*",
        "org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.*",
        "org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss",
        "org.nd4j.linalg.api.ops.impl.reduce.TensorMmul",
        "org.nd4j.linalg.api.ops.impl.reduce.custom.LogSumExp",
        "org.nd4j.linalg.api.ops.impl.shape.ParallelStack",
        "org.nd4j.linalg.api.ops.impl.transforms.strict.Mish",
        "org.nd4j.linalg.factory.Nd4j",
        "org.nd4j.linalg.indexing.conditions.Conditions",
    };
    private static final Map<String, ExpressionEvaluator> KNOWN = new ConcurrentHashMap<>();

    private Expressions() {}

    /**
     * Applies a step to a graph.
     *
     * @throws IllegalArgumentException if SameDiff refuses it
     */
    static SDVariable apply(Step step, SameDiff graph, SDVariable... operands) {
        String code = step.code(i -> "x[" + i + "]");
        ExpressionEvaluator compiled = KNOWN.computeIfAbsent(code, Expressions::compiled);
        try {
            return (SDVariable) compiled.evaluate(new Object[] {graph, operands});
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(step.code() + ": " + e.getCause(), e.getCause());
        }
    }

    private static ExpressionEvaluator compiled(String code) {
        ExpressionEvaluator evaluator = new ExpressionEvaluator();
        evaluator.setDefaultImports(IMPORTS);
        evaluator.setExpressionType(SDVariable.class);
        evaluator.setParameters(new String[] {"sd", "x"}, new Class<?>[] {SameDiff.class, SDVariable[].class});
        try {
            evaluator.cook(code);
        } catch (CompileException e) {
            throw new AssertionError(code + ": " + e.getMessage(), e);
        }
        return evaluator;
    }

    /** The names {@code x0, x1 ...} of a row's operands. */
    static String operands(int count) {
        return String.join(
                ", ", IntStream.range(0, count).mapToObj(i -> "$" + i).toList());
    }
}
