package org.curvature4j.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Kind;
import org.curvature4j.fuzz.Item.Step;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.samediff.ImportRules;
import org.nd4j.linalg.api.buffer.DataType;

/** A random graph that grows: finds or makes operands as a row of the {@link Vocabulary} asks for them. */
final class Draw {
    private static final double[] SPECIAL = {0, 0, -0.0, 1, 1, -1, 2, 0.5, -0.5, 3};
    private static final double[] EXTREME = {
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 800, -800, 1e200, 1e-200, 40
    };
    /** Numbers in the point: the third derivative has the cube of it for each result. */
    private static final int POINT = 6;

    private static final int LARGEST = 40;

    final Random random;
    private final Values values;
    private final Built built = new Built();
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Tensor> known = new HashMap<>();
    private int free = POINT;

    /** What given numbers are like. */
    enum Values {
        /** Between -2 and 2, different. */
        SMOOTH,
        /** Many zeros and equal numbers. */
        TIES,
        /** These, infinities, and numbers near the ends of the range. */
        EXTREMES
    }

    Draw(Random random, Values values) {
        this.random = random;
        this.values = values;
    }

    List<Item> items() {
        return items;
    }

    boolean smooth() {
        return values == Values.SMOOTH;
    }

    Tensor value(String name) {
        return known.get(name);
    }

    Shape shape(String name) {
        return value(name).type().shape();
    }

    int rank(String name) {
        return shape(name).rank();
    }

    private String add(Item item) {
        Tensor value;
        try {
            built.add(item);
            value = item instanceof Given given
                    ? Built.tensor(given)
                    : built.value(item.name(), ImportRules.standard());
        } catch (IllegalArgumentException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
        if (value.type().size() > LARGEST) {
            throw new Unfit("too large");
        }
        items.add(item);
        known.put(item.name(), value);
        return item.name();
    }

    /** What can't be drawn: the graph stays as it was before the last step. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message);
        }
    }

    String step(String code, String... operands) {
        String name = add(Step.of("a" + items.size(), code, operands));
        if (smooth() && !Arrays.stream(value(name).values()).allMatch(v -> Math.abs(v) < 1e3)) {
            items.remove(items.size() - 1);
            known.remove(name);
            throw new Unfit("too far out");
        }
        return name;
    }

    /** A new given value of some shape. */
    String fresh(long... dims) {
        Shape shape = Shape.of(dims);
        int size = Math.toIntExact(shape.size());
        Kind kind = Kind.CONSTANT;
        if (size <= free && random.nextInt(3) > 0) {
            kind = size == 0 || random.nextBoolean() ? Kind.POINT : Kind.VARIABLE; // SameDiff has no empty variables
            free -= size;
        } else if (size > 0 && random.nextBoolean()) {
            kind = Kind.FED;
        }
        List<Double> numbers = random.ints(size, 0, 100).mapToObj(this::number).toList();
        return add(new Given("x" + items.size(), kind, DataType.DOUBLE, shape, numbers));
    }

    private double number(int percent) {
        double regular = Math.rint(random.nextDouble(-2, 2) * 1e3) / 1e3;
        return switch (values) {
            case SMOOTH -> regular;
            case TIES -> percent < 70 ? SPECIAL[random.nextInt(SPECIAL.length)] : regular;
            case EXTREMES ->
                percent < 30
                        ? EXTREME[random.nextInt(EXTREME.length)]
                        : percent < 60 ? SPECIAL[random.nextInt(SPECIAL.length)] : regular;
        };
    }

    /** Integers below a bound, constant, or fed where the row allows that. */
    String below(boolean fed, Shape shape, int bound) {
        return ints(
                fed, shape, random.ints(shape.size(), 0, bound).asDoubleStream().toArray());
    }

    String ints(boolean fed, Shape shape, double... numbers) {
        Kind kind = fed && random.nextBoolean() ? Kind.FED : Kind.CONSTANT;
        List<Double> boxed = DoubleStream.of(numbers).boxed().toList();
        return add(new Given("i" + items.size(), kind, DataType.INT32, shape, boxed));
    }

    /** A floating value, mostly a late one; never an empty one in a smooth graph. */
    String any() {
        List<String> candidates = items.stream()
                .map(Item::name)
                .filter(name -> value(name).type().dtype() == DType.FLOAT64)
                .toList();
        if (candidates.isEmpty() || random.nextInt(9) == 0) {
            return fresh(dims(random.nextInt(4)));
        }
        int back = Math.min(random.nextInt(candidates.size()), random.nextInt(candidates.size()));
        return candidates.get(candidates.size() - 1 - back);
    }

    private long[] dims(int rank) {
        return IntStream.range(0, rank).mapToLong(axis -> size()).toArray();
    }

    /** A size of an axis: mostly 2 or 3; one in fifty graphs' axes is empty. */
    long size() {
        int choice = random.nextInt(50);
        return choice == 0 && !smooth() ? 0 : choice < 10 ? 1 : choice < 35 ? 2 : 3;
    }

    /** A value with at least some axes. */
    String rankFrom(int least) {
        String found = any();
        return rank(found) >= least ? found : of(dims(least + random.nextInt(2)));
    }

    /** A value of a shape: one there is, one rearranged, or a new one. */
    String of(long... dims) {
        Shape wanted = Shape.of(dims);
        String found = any();
        Shape shape = shape(found);
        if (shape.equals(wanted)) {
            return found;
        }
        String target = list(wanted.toArray());
        if (shape.size() == wanted.size()) {
            return step("$0.reshape(new long[] {" + target + "})", found);
        } else if (shape.size() == 0 || wanted.size() == 0 || wanted.rank() == 0 || random.nextInt(3) == 0) {
            return fresh(dims);
        }
        String chosen = random.ints(wanted.size(), 0, (int) shape.size())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
        return step(
                "sd.gather($0.reshape(new long[] {-1}), new int[] {" + chosen + "}, 0).reshape(new long[] {" + target
                        + "})",
                found);
    }

    String like(String name) {
        return of(shape(name).toArray());
    }

    /** A value that broadcasts with another to the larger of the two shapes. */
    String broadcasting(String name) {
        long[] dims = shape(name).toArray();
        int from = random.nextInt(dims.length + 1) * random.nextInt(2);
        long[] fewer = Arrays.copyOfRange(dims, from, dims.length);
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = random.nextInt(3) == 0 ? 1 : fewer[i];
        }
        return of(fewer);
    }

    /** A value inside an open interval; outside it now and then where the graph isn't to be smooth. */
    String within(double low, double high, String name) {
        boolean inside = Arrays.stream(value(name).values()).allMatch(v -> v > low && v < high);
        if (inside || (!smooth() && random.nextInt(3) == 0)) {
            return name;
        }
        return step("sd.nn.sigmoid($0).mul(" + (high - low) + ").add(" + low + ")", name);
    }

    String within(double low, double high) {
        return within(low, high, any());
    }

    String choice(String... codes) {
        return codes[random.nextInt(codes.length)];
    }

    int axis(String name) {
        return random.nextInt(rank(name));
    }

    /** Arguments for some axes of a value, with a comma before each; none for all. */
    String axes(String name) {
        int rank = rank(name);
        return switch (random.nextInt(rank == 0 ? 1 : rank == 1 ? 2 : 3)) {
            case 0 -> "";
            case 1 -> ", " + (random.nextInt(4) == 0 ? -1 : random.nextInt(rank));
            default -> ", 0, " + (rank - 1);
        };
    }

    static String list(long... numbers) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }
}
