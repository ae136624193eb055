package org.curvature4j.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Kind;
import org.curvature4j.fuzz.Item.Step;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.samediff.ImportRules;
import org.nd4j.linalg.api.buffer.DataType;

/** Makes a failing program smaller as long as it fails: fewer steps, smaller given values, plainer numbers. */
final class Shrinker {
    private static final int TRIALS = 2_000;

    private final Predicate<Program> fails;
    private int trials;

    /** @param fails whether a program still fails in the same way; what can't be built doesn't */
    Shrinker(Predicate<Program> fails) {
        this.fails = fails;
    }

    Program smallest(Program program) {
        Program present = program;
        while (true) {
            Program before = present;
            Program smaller = candidates(before)
                    .filter(candidate -> !candidate.equals(before))
                    .takeWhile(candidate -> trials++ < TRIALS)
                    .filter(this::stillFails)
                    .findFirst()
                    .orElse(before);
            if (smaller.equals(before)) {
                return before;
            }
            present = smaller;
        }
    }

    private boolean stillFails(Program candidate) {
        try {
            return candidate.given().stream().anyMatch(Given::varies) && fails.test(candidate);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** What is smaller by one change, in the order in which it is most worth trying. */
    private static Stream<Program> candidates(Program program) {
        List<Item> items = program.items();
        Stream<Program> shorter = IntStream.range(0, items.size() - 1)
                .filter(i -> items.get(i) instanceof Step)
                .mapToObj(program::upTo);
        Stream<Program> bypassed = program.steps().stream()
                .flatMap(step -> step.operands().stream().map(operand -> program.replacing(step.name(), operand)));
        Stream<Program> cut = IntStream.range(0, items.size() - 1)
                .filter(i -> items.get(i) instanceof Step)
                .boxed()
                .flatMap(i -> cut(program, i));
        Stream<Program> given = IntStream.range(0, items.size())
                .filter(i -> items.get(i) instanceof Given)
                .boxed()
                .flatMap(i -> simpler((Given) items.get(i)).map(simple -> program.with(i, simple)));
        return Stream.of(shorter, bypassed, cut, given).flatMap(programs -> programs);
    }

    /** A step's value given in its place. */
    private static Stream<Program> cut(Program program, int position) {
        String name = program.items().get(position).name();
        Tensor value;
        try {
            value = Built.of(program).value(name, ImportRules.standard());
        } catch (RuntimeException e) {
            return Stream.empty();
        }
        if (value.type().dtype() != DType.FLOAT64) {
            return Stream.empty();
        }
        List<Double> numbers = boxed(value.values());
        return Stream.of(Kind.CONSTANT, Kind.POINT)
                .map(kind -> program.with(
                        position,
                        new Given(name, kind, DataType.DOUBLE, value.type().shape(), numbers)));
    }

    private static List<Double> boxed(double... values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    private static Stream<Given> simpler(Given given) {
        return Stream.of(kinds(given), sizes(given), numbers(given)).flatMap(simple -> simple);
    }

    private static Stream<Given> kinds(Given given) {
        return switch (given.kind()) {
            case CONSTANT -> Stream.empty();
            case POINT, FED -> Stream.of(given.with(Kind.CONSTANT));
            case VARIABLE -> Stream.of(given.with(Kind.CONSTANT), given.with(Kind.POINT));
        };
    }

    /** One axis of size 1 or left out, its first elements staying. */
    private static Stream<Given> sizes(Given given) {
        List<Given> smaller = new ArrayList<>();
        Shape shape = given.shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) > 1) {
                Shape one = shape.with(axis, 1);
                smaller.add(given.with(one, given.values().subList(0, (int) one.size())));
                Shape less = shape.with(axis, shape.dim(axis) - 1);
                smaller.add(given.with(less, given.values().subList(0, (int) less.size())));
            }
        }
        if (shape.size() == 1 && shape.rank() > 0) {
            smaller.add(given.with(Shape.SCALAR, given.values()));
            smaller.add(given.with(Shape.of(1), given.values()));
        }
        return smaller.stream();
    }

    private static Stream<Given> numbers(Given given) {
        Stream<Given> alike = Stream.of(0.0, 1.0)
                .map(number -> given.with(
                        given.shape(), Collections.nCopies(given.values().size(), number)));
        Stream<Given> single = IntStream.range(0, given.values().size())
                .boxed()
                .flatMap(i -> plainer(given.values().get(i)).map(number -> {
                    List<Double> values = new ArrayList<>(given.values());
                    values.set(i, number);
                    return given.with(given.shape(), values);
                }));
        return Stream.concat(alike.filter(simple -> plainness(simple) < plainness(given)), single);
    }

    /** How far from plain the numbers are, so that no two changes undo each other. */
    private static int plainness(Given given) {
        return given.values().stream().mapToInt(Shrinker::plainness).sum();
    }

    private static int plainness(double number) {
        if (Double.doubleToLongBits(number) == 0) {
            return 0;
        }
        return number == 1
                ? 1
                : number == Math.rint(number) && Math.abs(number) < 100
                        ? 2
                        : number * 10 == Math.rint(number * 10) ? 3 : 4;
    }

    private static Stream<Double> plainer(double number) {
        return Stream.of(0.0, 1.0, Math.rint(number), Math.rint(number * 10) / 10)
                .filter(other -> plainness(other) < plainness(number));
    }
}
