package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.interpreter.Tally.Counts;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.RowSink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The table of modelled times is made here, from what an interpreted device was asked to do, and may not fall behind the kernels. */
@Tag("gpu")
class GpuTimesTest {
    private static final Path PAGE = Path.of("docs", "design", "gpu.md");
    private static final String WRITE = "docs.write";
    private static final int ORDER = 11;
    private static final int[] CLASSIFIER = {784, 512, 512, 10};
    private static final int ROWS = 512;
    private static final int VECTORS = 60;
    private static final int SMALL = 128;
    private static final int STRETCH = 1 << 13;

    private final ScalarProgram hessian = ScalarProgram.of(TimedGraphs.twoTwoOne(), List.of(), ORDER);

    /** Takes results on a device and does nothing with them. */
    private static final class Nowhere implements DeviceSink {
        @Override
        public boolean takesPlanes() {
            return true;
        }

        @Override
        public long sessionBytes() {
            return 0;
        }

        @Override
        public Session open(Queue queue, int tile) {
            return new Session() {
                @Override
                public void accept(long first, int count, Buffer planes, long stride) {}

                @Override
                public void complete() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void write(long first, int count, double[] rows) {}
    }

    private static SpectraSink summary() {
        return new SpectraSink(ORDER, DataType.DOUBLE, SpectrumOptions.valuesOnly(), null, null);
    }

    /** Tiles of random points of the 2-2-1 net. */
    private Counts tiles(Supplier<RowSink> sinks, int count, int tile) {
        return CountedWork.small(
                hessian, RandomPoints.of(0, (long) count * tile, ORDER).source(), sinks.get(), tile);
    }

    /** What so many points of the 2-2-1 net ask for, without what is done once. */
    private Counts points(double points, Supplier<RowSink> sinks) {
        Counts four = tiles(sinks, 4, SMALL);
        Counts two = tiles(sinks, 2, 2 * SMALL);
        Counts small = four.since(tiles(sinks, 2, SMALL)).times(0.5);
        Counts large = tiles(sinks, 4, 2 * SMALL).since(two).times(0.5);
        // Eigenvalues of some matrices take longer than those of others.
        assertThat(large.float64()).isCloseTo(2 * small.float64(), withinPercentage(15));
        // The same points in twice the tiles.
        Counts tile = four.since(two).times(0.5);
        Counts point = large.since(tile).times(0.5 / SMALL);
        return point.times(points).plus(tile, Math.ceil(points / CountedWork.tile(hessian)));
    }

    private List<ModelledTime> small() {
        RowSink here = (first, count, rows) -> {};
        return List.of(
                new ModelledTime(
                        "spectra of the 2-2-1 net, 1e8, their summary", points(1e8, GpuTimesTest::summary), true),
                new ModelledTime("Hessians of the 2-2-1 net, 1e7, kept there", points(1e7, Nowhere::new), true),
                new ModelledTime("the same brought back", points(1e7, () -> here), true));
    }

    private static ModelledTime netOfInput() {
        Graph graph = TimedGraphs.netOfInput();
        int tile = CountedWork.tile(graph, List.of(), 8);
        Counts one = CountedWork.tile(graph, List.of(), 8, 128, 128);
        Counts two = CountedWork.tile(graph, List.of(), 8, 256, 256);
        assertThat(two.float64()).isCloseTo(2 * one.float64(), withinPercentage(10));
        Counts point = two.since(one).times(1.0 / 128);
        Counts each = one.plus(point, -128);
        return new ModelledTime("hessian-mlp-input, 1e5", point.times(1e5).plus(each, Math.ceil(1e5 / tile)), true);
    }

    private static ModelledTime parameters(int hidden) {
        int parameters = 12 * hidden + 1;
        try (INDArray x = Nd4j.ones(DataType.DOUBLE, ROWS, 10);
                INDArray y = Nd4j.ones(DataType.DOUBLE, ROWS)) {
            Graph graph = TimedGraphs.squaredError(hidden, ROWS);
            Counts counts = CountedWork.tile(graph, List.of(x, y), parameters, 1, 8);
            return new ModelledTime("mlp-params-" + parameters + ", one point, as a tile of 8", counts, false);
        }
    }

    private static List<ModelledTime> products() {
        int length = TimedGraphs.parameters(CLASSIFIER);
        List<Counts> parts = CountedWork.product(TimedGraphs.product(256, CLASSIFIER), length);
        Counts product = parts.get(1);
        Counts some = CountedWork.step(STRETCH, VECTORS);
        Counts more = CountedWork.step(2 * STRETCH, VECTORS);
        assertThat(more.float64()).isCloseTo(2 * some.float64(), withinPercentage(1));
        Counts number = more.since(some).times(1.0 / STRETCH);
        Counts step = some.plus(number, (double) length - STRETCH);
        return List.of(
                new ModelledTime(
                        "hvp-large, with what depends on the point alone", product.plus(parts.get(0), 1), false),
                new ModelledTime("hvp-fixed-point, without it", product, false),
                new ModelledTime("lanczos-large, a step with 60 vectors, without its product", step, false),
                new ModelledTime("the same with its product", step.plus(product.there(), 1), false));
    }

    @Test
    void thePageSaysWhatTheKernelsAskOfADevice() throws IOException {
        List<ModelledTime> times = new ArrayList<>(small());
        times.add(netOfInput());
        times.add(parameters(32));
        times.add(parameters(100));
        times.addAll(products());
        String table =
                ModelledTime.HEADING + times.stream().map(ModelledTime::row).collect(Collectors.joining());
        String page = Files.readString(PAGE);
        String heading = ModelledTime.HEADING.lines().findFirst().orElseThrow();
        Matcher found = Pattern.compile(Pattern.quote(heading) + "\n(\\|.*\n)*").matcher(page);
        assertThat(found.find())
                .as("a table on %s that begins with %s", PAGE, heading)
                .isTrue();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, page.substring(0, found.start()) + table + page.substring(found.end()));
        } else {
            assertThat(found.group())
                    .as(
                            "%s is out of date; write it anew with ./mvnw test -Dtest=GpuTimesTest -Dtest.jvm.extra=-D%s=true",
                            PAGE, WRITE)
                    .isEqualTo(table);
        }
    }
}
