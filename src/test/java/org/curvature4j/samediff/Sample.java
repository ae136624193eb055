package org.curvature4j.samediff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A small SameDiff graph under construction: variables with reproducible values, which become its inputs. */
final class Sample {
    final SameDiff sd = SameDiff.create();
    final Map<String, INDArray> values = new LinkedHashMap<>();
    private final Random random = new Random(7);
    private final DataType type;

    Sample() {
        this(DataType.DOUBLE);
    }

    /** Variables have this type, constants are float64. */
    Sample(DataType type) {
        this.type = type;
    }

    /** The element type of its variables. */
    DataType type() {
        return type;
    }

    /** A variable with values between -2 and 2. */
    SDVariable real(long... dims) {
        return within(-2, 2, dims);
    }

    /** A variable with values between 0.3 and 0.9, inside every function's domain. */
    SDVariable unit(long... dims) {
        return within(0.3, 0.9, dims);
    }

    SDVariable within(double low, double high, long... dims) {
        int size = (int) Shape.of(dims).size();
        return given(Nd4j.create(random.doubles(size, low, high).toArray(), dims, 'c'));
    }

    /** A scalar or vector variable with the given values. */
    SDVariable of(double... elements) {
        return given(Nd4j.createFromArray(elements));
    }

    SDVariable given(INDArray array) {
        String name = "x" + values.size();
        INDArray typed = array.castTo(type);
        values.put(name, typed);
        return sd.var(name, typed);
    }

    SDVariable ints(int... elements) {
        return sd.constant(Nd4j.createFromArray(elements));
    }

    SDVariable longs(long... elements) {
        return sd.constant(Nd4j.createFromArray(elements));
    }

    SDVariable matrix(int[]... rows) {
        return sd.constant(Nd4j.createFromArray(rows));
    }

    SDVariable scalar(double value) {
        return sd.constant(Nd4j.scalar(DataType.DOUBLE, value));
    }

    /** The function from the variables to some outputs, imported. */
    Graph graph(List<String> outputs) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        values.forEach((name, array) -> inputs.put(name, Shape.of(array.shape())));
        return SameDiffImport.graph(sd, outputs, inputs, ImportRules.standard());
    }
}
