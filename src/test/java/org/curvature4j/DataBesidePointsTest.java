package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of which a row goes with each point, against functions that are fed that row. */
class DataBesidePointsTest {
    private static final int ROWS = 7;

    /**
     * A classifier of x [B, 4].
     *
     * @param type of its numbers
     * @param labelType that of labels: whole ones are classes, others rows of targets
     * @param width of its hidden layer, which decides what computes it
     */
    record Sample(DataType type, DataType labelType, int width) {

        boolean isSparse() {
            return labelType != DataType.DOUBLE && labelType != DataType.FLOAT;
        }

        /** Loss of each example with a temperature for each; an output [B, 3] too. */
        SameDiff graph() {
            SameDiff sd = SameDiff.create();
            SDVariable x = sd.placeHolder("x", type, -1, 4);
            SDVariable temperature = sd.placeHolder("T", type, -1, 1);
            SDVariable label =
                    isSparse() ? sd.placeHolder("label", labelType, -1) : sd.placeHolder("label", labelType, -1, 3);
            SDVariable w = sd.var("w", numbers(1, type, 4, width));
            SDVariable v = sd.var("v", numbers(2, type, width, 3));
            SDVariable logits = sd.nn().tanh(x.mmul(w)).mmul(v).mul("logits", temperature);
            if (isSparse()) {
                sd.loss().sparseSoftmaxCrossEntropy("loss", logits, label);
            } else {
                sd.loss().softmaxCrossEntropy("loss", label, logits, null);
            }
            return sd;
        }

        TensorFunction beside(String output) {
            return TensorFunction.builder(graph())
                    .output(output)
                    .withRespectTo("x")
                    .perPoint("label", "T")
                    .build();
        }

        /** As functions were made before: with one row of the data. */
        TensorFunction fed(String output, int row) {
            FunctionBuilder builder = TensorFunction.builder(graph())
                    .output(output)
                    .withRespectTo("x")
                    .shape("x", 1, 4);
            builder.feed("T", row(temperatures(), row));
            return builder.feed("label", row(labels(), row)).build();
        }

        INDArray points() {
            return numbers(3, type, ROWS, 4);
        }

        INDArray temperatures() {
            return numbers(4, type, ROWS, 1).addi(1.5);
        }

        INDArray labels() {
            if (isSparse()) {
                return Nd4j.createFromArray(0, 2, 1, 1, 0, 2, 2).castTo(labelType);
            }
            INDArray rows = numbers(5, labelType, ROWS, 3).addi(0.6);
            return rows.divi(rows.sum(true, 1));
        }

        /** As an array of this type holds them; Java numbers keep what is computed in float64. */
        double[] rounded(double[] numbers) {
            return type == DataType.FLOAT
                    ? Arrays.stream(numbers).map(number -> (float) number).toArray()
                    : numbers;
        }

        double tolerance() {
            return type == DataType.FLOAT ? 1e-6 : 4e-16;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample(DataType.DOUBLE, DataType.DOUBLE, 3),
                new Sample(DataType.DOUBLE, DataType.DOUBLE, 40),
                new Sample(DataType.DOUBLE, DataType.INT32, 3),
                new Sample(DataType.DOUBLE, DataType.INT64, 40),
                new Sample(DataType.FLOAT, DataType.FLOAT, 3),
                new Sample(DataType.FLOAT, DataType.INT32, 3));
    }

    private static INDArray numbers(int seed, DataType type, long... shape) {
        double[] values = new java.util.SplittableRandom(seed)
                .doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -0.5, 0.5)
                .toArray();
        return Nd4j.createFromArray(values).reshape(shape).castTo(type);
    }

    private static INDArray row(INDArray array, int row) {
        return array.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(row, row + 1))
                .dup();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBatchIsWhatSingleFunctionsGive(Sample sample) {
        INDArray points = sample.points();
        try (Hessian hessian = Hessian.of(sample.beside("loss"));
                Jacobian jacobian = Jacobian.of(sample.beside("logits"));
                PreparedFunction gradient = sample.beside("loss").gradient().prepare();
                PreparedFunction loss = sample.beside("loss").prepare()) {
            INDArray[] data = {sample.labels(), sample.temperatures()};
            INDArray hessians = hessian.batch(points, data);
            assertThat(bits(hessians.permute(0, 2, 1))).isEqualTo(bits(hessians));
            for (int i = 0; i < ROWS; i++) {
                INDArray point = row(points, i);
                assertClose(hessians.slice(i), sample.fed("loss", i).hessian().call(point.reshape(4)), sample);
                assertClose(
                        jacobian.batch(points, data).slice(i),
                        sample.fed("logits", i).jacobian().call(point.reshape(4)),
                        sample);
                assertClose(
                        gradient.batch(points, data).slice(i),
                        sample.fed("loss", i).gradient().call(point.reshape(4)),
                        sample);
                assertClose(
                        loss.batch(points, data).slice(i), sample.fed("loss", i).call(point.reshape(4)), sample);
            }
        }
    }

    private static void assertClose(INDArray actual, INDArray expected, Sample sample) {
        double[] found = bits(actual);
        double[] wanted = bits(expected);
        assertThat(found).hasSameSizeAs(wanted);
        double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - wanted[i]))
                    .as("%s: %s for %s", sample, found[i], wanted[i])
                    .isLessThanOrEqualTo(8 * sample.tolerance() * Math.max(largest, 1));
        }
    }

    private static double[] bits(INDArray array) {
        return HostArray.numbers("numbers", array);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyWayGivesTheSameBits(Sample sample) {
        INDArray points = sample.points();
        INDArray labels = sample.labels();
        INDArray temperatures = sample.temperatures();
        try (Hessian hessian = Hessian.of(sample.beside("loss"))) {
            double[] expected = bits(hessian.batch(points, labels, temperatures));
            assertThat(bits(hessian.batch(points.reshape(ROWS, 2, 2).dup('f'), labels, temperatures.dup('f'))))
                    .isEqualTo(expected);
            INDArray filled = Nd4j.create(sample.type(), ROWS, 4, 4);
            hessian.batchInto(filled, points, labels, temperatures);
            assertThat(bits(filled)).isEqualTo(expected);
            double[][] parts = {bits(points), bits(labels), bits(temperatures)};
            double[] numbers = new double[expected.length];
            hessian.batchInto(numbers, parts[0], parts[1], parts[2]);
            assertThat(sample.rounded(numbers)).isEqualTo(expected);
            Arrays.fill(numbers, 0);
            hessian.stream(
                    ArrayRows.source(parts[0], 4),
                    ArrayRows.sink(numbers, 16),
                    Progress.NONE,
                    ArrayRows.source(parts[1], parts[1].length / ROWS),
                    ArrayRows.source(parts[2], 1));
            assertThat(sample.rounded(numbers)).isEqualTo(expected);
            for (int i = 0; i < ROWS; i++) {
                double[] one = Arrays.copyOfRange(expected, 16 * i, 16 * i + 16);
                INDArray[] data = {row(labels, i), row(temperatures, i)};
                assertThat(bits(hessian.at(row(points, i), data))).isEqualTo(one);
                assertThat(sample.rounded(hessian.at(bits(row(points, i)), bits(data[0]), bits(data[1]))))
                        .isEqualTo(one);
                assertThat(bits(hessian.function().call(row(points, i).reshape(4), data[0], data[1])))
                        .isEqualTo(one);
            }
        }
    }

    /** Engines that are insisted on, threads and tiles; each against the same graph with the row of data fed. */
    @ParameterizedTest
    @EnumSource(value = Engine.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void everyEngineTakesRowsOfData(Engine engine) {
        for (Sample sample : List.of(
                new Sample(DataType.DOUBLE, DataType.DOUBLE, 3), new Sample(DataType.DOUBLE, DataType.INT32, 3))) {
            TensorFunction function = sample.beside("loss");
            Graph graph = RowLayout.ofPoints(function).rows(Derivatives.hessian(function.graph()));
            INDArray labels = sample.labels().castTo(DataType.DOUBLE).reshape(ROWS, -1);
            double[] rows = bits(Nd4j.concat(1, sample.points(), labels, sample.temperatures()));
            Optional<double[]> found = EngineRunner.evaluate(engine, graph, rows);
            assertThat(found.isPresent() || (engine == Engine.FUSED && sample.isSparse()))
                    .isTrue();
            for (int threads = 1; found.isPresent() && threads <= 3; threads++) {
                assertThat(EngineRunner.evaluate(engine, graph, rows, List.of(), threads, 16)
                                .orElseThrow())
                        .isEqualTo(found.orElseThrow());
            }
            for (int i = 0; found.isPresent() && i < ROWS; i++) {
                TensorFunction fed = sample.fed("loss", i);
                double[] one = EngineRunner.evaluate(
                                engine,
                                Derivatives.hessian(fed.graph()),
                                bits(row(sample.points(), i)),
                                fed.feedValues(),
                                1,
                                0)
                        .orElseGet(() -> bits(fed.hessian().call(row(sample.points(), sample.width()))));
                assertClose(
                        Nd4j.createFromArray(Arrays.copyOfRange(found.orElseThrow(), 16 * i, 16 * i + 16)),
                        Nd4j.createFromArray(one),
                        sample);
            }
        }
    }

    @Test
    void refusesRowsThatDoNotFitInWords() {
        Sample sample = samples().skip(2).findFirst().orElseThrow();
        INDArray points = sample.points();
        INDArray labels = sample.labels();
        INDArray temperatures = sample.temperatures();
        TensorFunction function = sample.beside("loss");
        assertThat(function.dataNames()).containsExactly("label", "T");
        assertThat(function.inputNames()).containsExactly("point", "label", "T");
        try (Hessian hessian = Hessian.of(function)) {
            assertThat(hessian.batch(
                                    Nd4j.create(DataType.DOUBLE, 0, 4),
                                    Nd4j.create(DataType.INT32, 0),
                                    Nd4j.create(DataType.DOUBLE, 0, 1))
                            .shape())
                    .containsExactly(0, 4, 4);
            assertThatThrownBy(() -> hessian.batch(points))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("data: expected one for each of [label, T], got 0");
            assertThatThrownBy(() -> hessian.batch(points, labels, row(temperatures, 0)))
                    .hasMessage("data 'T': expected 7 rows, as many as points has, got 1");
            assertThatThrownBy(() -> hessian.batch(points, temperatures.castTo(DataType.INT32), points))
                    .hasMessage("data 'T': expected [B, 1] or [B, ...] with 1 number a point, got [7, 4]");
            assertThatThrownBy(() ->
                            hessian.batch(points, labels.castTo(DataType.DOUBLE).addi(0.5), temperatures))
                    .hasMessage("data 'label': expected numbers that int32 holds, got 0.5 in row 0");
            INDArray nan = labels.castTo(DataType.DOUBLE);
            nan.putScalar(3, Double.NaN);
            assertThatThrownBy(() -> hessian.batch(points, nan, temperatures))
                    .hasMessage("data 'label': expected numbers that int32 holds, got NaN in row 3");
            assertThatThrownBy(() -> hessian.batch(points, labels.add(2), temperatures))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected an index from 0 to 2, got 4");
            assertThatThrownBy(() -> hessian.at(row(points, 0), row(labels, 0), points))
                    .hasMessage("data 'T': expected 1 numbers, got shape [7, 4]");
            assertThatThrownBy(() -> hessian.stream(
                            ArrayRows.source(bits(points), 4),
                            (first, count, rows) -> {},
                            Progress.NONE,
                            ArrayRows.source(bits(labels), 1),
                            ArrayRows.source(new double[6], 1)))
                    .hasMessage("data 'T': expected 7 rows, as many as points has, got 6");
        }
        try (Hessian none = Hessian.of(sample.fed("loss", 0))) {
            assertThatThrownBy(() -> none.batch(points, labels)).hasMessageContaining("expected none (perPoint");
        }
    }

    @Test
    void aFedArrayWithARowForEachPointIsToldWhereItGoes() {
        Sample sample = samples().findFirst().orElseThrow();
        FunctionBuilder many = TensorFunction.builder(sample.graph())
                .output("loss")
                .withRespectTo("x")
                .feed("label", sample.labels())
                .feed("T", sample.temperatures());
        assertThatThrownBy(many::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where [label, T] have a row for each, name them with perPoint");
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 3);
        x.mul(sd.placeHolder("c", DataType.DOUBLE, 3)).sum("y");
        assertThatThrownBy(() -> TensorFunction.builder(sd)
                        .output("y")
                        .withRespectTo("x")
                        .feed("c", Nd4j.ones(DataType.DOUBLE, 5, 3))
                        .build())
                .hasMessage(
                        "feed 'c': expected shape [3], the same for every point, got [5, 3] (to give one with each point,"
                                + " name it with perPoint and give this beside the points)");
        assertThatThrownBy(() -> TensorFunction.builder(sd)
                        .output("y")
                        .withRespectTo("x")
                        .perPoint("x")
                        .build())
                .hasMessage(
                        "per point 'x': expected a placeholder that has no value yet, got one that is part of the point");
    }

    @Test
    void refusesExamplesThatMixWithWhatGoesWithThem() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable y = sd.placeHolder("y", DataType.DOUBLE, -1, 3);
        x.sub(y.mean(true, 0)).sum("each", 1);
        sd.math().square(x.sub(y)).mean("loss");
        sd.math().square(x.mean(0)).sum("mixed");
        for (String output : List.of("each", "mixed")) {
            assertThatThrownBy(() -> TensorFunction.builder(sd)
                            .output(output)
                            .withRespectTo("x")
                            .perPoint("y")
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("that don't influence each other");
        }
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("x")
                .perPoint("y")
                .build();
        assertThat(loss.hessian()
                        .values(Nd4j.ones(DataType.DOUBLE, 2, 3), Nd4j.zeros(DataType.DOUBLE, 2, 3))
                        .getDouble(1, 2, 2))
                .isEqualTo(2.0 / 3);
    }

    @Test
    void operatorsAndSeveralDerivativesTogetherTakeThem() {
        for (Sample sample : samples().limit(3).toList()) {
            INDArray points = sample.points();
            INDArray[] data = {sample.labels(), sample.temperatures()};
            INDArray[] first = {row(data[0], 0), row(data[1], 0)};
            TensorFunction loss = sample.beside("loss");
            try (Hessian hessian = Hessian.of(loss);
                    PreparedDerivatives together = loss.prepare(Quantity.VALUE, Quantity.GRADIENT, Quantity.HESSIAN);
                    LinearOperator operator = loss.hessianOperator(row(points, 0), first)) {
                INDArray expected = hessian.batch(points, data);
                assertClose(together.batch(points, data).hessian(), expected, sample);
                assertClose(together.at(row(points, 0), first).hessian(), expected.slice(0), sample);
                assertClose(Nd4j.createFromArray(operator.toDense()), expected.slice(0), sample);
                assertThat(bits(together.batch(points, data).value())).hasSize(ROWS);
            }
        }
    }
}
