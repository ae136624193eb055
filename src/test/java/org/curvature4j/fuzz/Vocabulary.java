package org.curvature4j.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** What random graphs are made of: a row for each way to apply an operation, every one of the catalogue in some row. */
final class Vocabulary {
    /** Applies an operation to values there are or new ones, and gives the name of the result. */
    interface Row {
        String apply(Draw draw);
    }

    private static final List<Row> ROWS = Stream.of(
                    ElementwiseRows.rows(),
                    ActivationRows.rows(),
                    ReductionRows.rows(),
                    ShapeRows.rows(),
                    IndexRows.rows(),
                    LossRows.rows(),
                    NetworkRows.rows())
            .flatMap(rows -> rows)
            .toList();

    private Vocabulary() {}

    static List<Row> rows() {
        return ROWS;
    }

    /** Operations of any one value. */
    static Stream<Row> ofAny(String... codes) {
        return Stream.of(codes).map(code -> d -> d.step(code, d.any()));
    }

    /** Operations of one value between two numbers. */
    static Stream<Row> ofSome(double low, double high, String... codes) {
        return Stream.of(codes).map(code -> d -> d.step(code, d.within(low, high)));
    }

    /** Operations of two values that broadcast, in either order. */
    static Stream<Row> ofPairs(String... codes) {
        return Stream.of(codes).map(code -> d -> pair(d, code));
    }

    private static String pair(Draw d, String code) {
        String first = d.any();
        String second = d.broadcasting(first);
        return d.random.nextBoolean() ? d.step(code, first, second) : d.step(code, second, first);
    }

    /** Operations of two values of one shape. */
    static Stream<Row> ofTwins(String... codes) {
        return Stream.of(codes).map(code -> d -> {
            String first = d.any();
            return d.step(code, first, d.like(first));
        });
    }
}
