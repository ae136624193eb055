package org.curvature4j.fuzz;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;
import org.curvature4j.graph.Shape;

/** Selection by integers: constant, fed, and computed ones. */
final class IndexRows {
    private IndexRows() {}

    static Stream<Row> rows() {
        return Stream.of(gathers(), scatters(), segments()).flatMap(rows -> rows);
    }

    private static Stream<Row> gathers() {
        return Stream.of(
                d -> d.step("sd.gather($0, new int[] {0, 2, 2}, 0)", d.of(3, d.size())),
                d -> d.step("sd.gather($0, $1, 1)", d.of(d.size(), 3), d.below(true, Shape.of(2), 3)),
                d -> d.step("sd.gather($0, $1, 0)", d.of(3, d.size()), d.below(true, Shape.of(2, 2), 3)),
                d -> d.step("sd.gather($0, $1, 0)", d.of(3), d.below(true, Shape.SCALAR, 3)),
                d -> d.step("sd.gather($0, sd.argmax($1, 1).castTo(DataType.INT32), 0)", d.of(3, d.size()), d.of(2, 3)),
                d -> d.step("sd.gatherNd($0, $1)", d.of(2, 2), d.below(false, Shape.of(3, 2), 2)),
                d -> d.step("sd.gatherNd($0, $1)", d.of(3, d.size()), d.below(false, Shape.of(2, 1), 3)),
                d -> d.step(
                        "sd.math.embeddingLookup($0, $1, PartitionMode.MOD)",
                        d.of(3, 2),
                        d.below(true, Shape.of(2), 3)),
                d -> d.step(
                        "sd.dynamicPartition($0, $1, 2)[" + d.random.nextInt(2) + "]",
                        d.of(4, 2),
                        d.ints(false, Shape.of(4), 0, 1, 0, 1)),
                d -> d.step(
                        "sd.dynamicStitch(new SDVariable[] {$2, $3}, $0, $1)",
                        d.of(2, 2),
                        d.of(2, 2),
                        d.ints(false, Shape.of(2), 0, 2),
                        d.ints(false, Shape.of(2), 1, 3)),
                d -> d.step("sd.oneHot($0, 3, -1, 2, 0.5, DataType.DOUBLE)", d.below(true, Shape.of(2), 3)));
    }

    private static Stream<Row> scatters() {
        return Stream.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Update").map(name -> d -> {
            long columns = d.size();
            String updates = d.of(2, columns);
            return d.step(
                    "sd.scatter" + name + "($0, $1, $2)",
                    d.of(3, columns),
                    d.below(false, Shape.of(2), 3),
                    name.equals("Div") ? d.within(0.2, 3, updates) : updates);
        });
    }

    private static Stream<Row> segments() {
        Stream<Row> sorted = Stream.of("Sum", "Mean", "Max", "Min", "Prod").map(name -> d -> {
            String rows = d.ints(
                    false,
                    Shape.of(4),
                    d.random.ints(4, 0, 2).sorted().asDoubleStream().toArray());
            return d.step("sd.segment" + name + "($0, $1)", d.random.nextBoolean() ? d.of(4) : d.of(4, d.size()), rows);
        });
        Stream<Row> unsorted = Stream.of("Sum", "Mean", "Max", "Min", "Prod", "SqrtN")
                .map(name -> d -> {
                    String rows = d.ints(false, Shape.of(4), 0, 2, d.random.nextInt(3), 1);
                    return d.step("sd.unsortedSegment" + name + "($0, $1, 3)", d.of(4, d.size()), rows);
                });
        return Stream.concat(sorted, unsorted);
    }
}
