package org.curvature4j.samediff;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.host.NativeArrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;

/**
 * What a SameDiff operation carries beside its operands. ND4J keeps it in several places, by the age of the operation's
 * class; this is the only code that knows them. {@code propertiesForFunction()} isn't one of them: it is wrong for
 * several operations.
 *
 * @param integers integer arguments
 * @param numbers floating arguments
 * @param flags boolean arguments
 * @param types element types among the arguments; where there is none, those that the graph declares for the outputs
 * @param dimensions axes of a reduction, as written (they may be negative); null where all axes are meant
 * @param keepDims whether a reduction keeps its axes at size 1
 * @param scalar the number that a scalar operation combines each element with
 * @param extra further numbers of an operation of the old kind
 * @param biasCorrected for a variance, whether it divides by n - 1 instead of n
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and made once an operation
public record OpAttributes(
        long[] integers,
        double[] numbers,
        boolean[] flags,
        List<DType> types,
        int @Nullable [] dimensions,
        boolean keepDims,
        OptionalDouble scalar,
        double[] extra,
        boolean biasCorrected) {

    /** ND4J's way of writing "all axes" among dimensions. */
    private static final int ALL_AXES = Integer.MAX_VALUE;

    /** Integer and floating arguments alone. */
    public static OpAttributes of(long[] integers, double... numbers) {
        return new OpAttributes(
                integers,
                numbers,
                new boolean[0],
                List.of(),
                null,
                false,
                OptionalDouble.empty(),
                new double[0],
                false);
    }

    /** The number alone that a scalar operation combines each element with. */
    public static OpAttributes ofScalar(double scalar) {
        return new OpAttributes(
                new long[0],
                new double[0],
                new boolean[0],
                List.of(),
                null,
                false,
                OptionalDouble.of(scalar),
                new double[0],
                false);
    }

    static OpAttributes of(DifferentialFunction function, List<DataType> declared) {
        long[] integers = {};
        double[] numbers = {};
        boolean[] flags = {};
        DataType[] types = {};
        double[] extra = {};
        if (function instanceof CustomOp custom) {
            integers = custom.iArgs().clone();
            numbers = custom.tArgs().clone();
            flags = custom.bArgs().clone();
            types = custom.dArgs();
        } else if (function instanceof Op legacy && legacy.extraArgs() != null) {
            extra = Arrays.stream(legacy.extraArgs())
                    .mapToDouble(OpAttributes::number)
                    .toArray();
        }
        OptionalDouble scalar = function instanceof ScalarOp op
                ? OptionalDouble.of(op.scalar().castTo(DataType.DOUBLE).getDouble(0))
                : OptionalDouble.empty();
        int[] dimensions = null;
        boolean keepDims = false;
        if (function instanceof BaseReduceOp reduction) {
            int[] written = reduction.getDimensions();
            boolean all = written == null || written.length == 0 || written[0] == ALL_AXES;
            dimensions = all ? null : written.clone();
            keepDims = reduction.isKeepDims();
        }
        boolean biasCorrected = function instanceof Variance variance && variance.isBiasCorrected();
        return new OpAttributes(
                integers,
                numbers,
                flags,
                supported(types.length > 0 ? List.of(types) : declared),
                dimensions,
                keepDims,
                scalar,
                extra,
                biasCorrected);
    }

    private static List<DType> supported(List<DataType> types) {
        return types.stream()
                .filter(NativeArrays::isSupported)
                .map(NativeArrays::dtype)
                .toList();
    }

    private static double number(Object argument) {
        return argument instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
