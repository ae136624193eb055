package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.training.Activation;

/**
 * The lesson's models by name:
 *
 * <ul>
 *   <li>{@code tanh}: demo 1, {@link Nets#tanhLayer};
 *   <li>{@code two-two-one}: demo 2, {@link Nets#twoTwoOne};
 *   <li>{@code chain-rule}: exercise 1, {@link Functions#chainRule} with a = 0.7 and b = -1.2;
 *   <li>{@code quadratic}: exercise 2, {@link Functions#quadratic};
 *   <li>{@code monkey-saddle}: exercise 3, {@link Functions#monkeySaddle};
 *   <li>{@code rosenbrock}: what minimisers are tried on, {@link Functions#rosenbrock};
 *   <li>{@code mlp:4-8-1} with any widths, and {@code mlp:4-8-1:relu} with any {@link Activation} (tanh if none is
 *       given): {@link Nets#mlp}.
 * </ul>
 */
public final class Models {
    private static final String MLP = "mlp:";
    private static final List<String> NAMES =
            List.of("tanh", "two-two-one", "chain-rule", "quadratic", "monkey-saddle", "rosenbrock", "mlp:4-8-1");
    /** Keeps a model's parameters apart from points drawn with the same seed. */
    private static final long PARAMETER_STREAM = 1;

    private Models() {}

    /** All names; the last is an example of a family. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether a model is a net, and not a function of a few numbers by a formula. */
    public static boolean isNet(String name) {
        return name.equals("tanh") || name.equals("two-two-one") || name.startsWith(MLP);
    }

    /** Whether a model has random parameters. */
    public static boolean isRandom(String name) {
        return name.equals("quadratic") || name.startsWith(MLP);
    }

    /**
     * Checks a name without making anything.
     *
     * @throws IllegalArgumentException if there is no such model, or it would be too large; the message says what is
     *     expected
     */
    public static void check(String name) {
        if (name.startsWith(MLP)) {
            mlpWidths(name);
            mlpActivation(name);
        } else if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("model: expected one of " + String.join(", ", NAMES)
                    + " (any widths; an activation may follow, as in mlp:4-8-1:relu), got '" + name + "'");
        }
    }

    /**
     * A new graph of the named model.
     *
     * @param seed of the random parameters of {@code quadratic} and {@code mlp}; the others have none
     * @throws IllegalArgumentException if there is no such model; see {@link #check}
     */
    public static ModelGraph byName(String name, long seed) {
        check(name);
        return switch (name) {
            case "tanh" -> Nets.tanhLayer();
            case "two-two-one" -> Nets.twoTwoOne();
            case "chain-rule" -> Functions.chainRule(0.7, -1.2);
            case "quadratic" -> Functions.quadratic(seed);
            case "monkey-saddle" -> Functions.monkeySaddle();
            case "rosenbrock" -> Functions.rosenbrock();
            default -> Nets.mlp(mlpActivation(name), seed, mlpWidths(name));
        };
    }

    private static int[] mlpWidths(String name) {
        String[] parts = mlpParts(name);
        if (parts.length > 2 || !parts[0].matches("[1-9]\\d{0,8}(-[1-9]\\d{0,8})+")) {
            throw new IllegalArgumentException(
                    "model: expected two or more widths of 1 to 999999999, as in mlp:4-8-1 or mlp:4-8-1:relu, got '"
                            + name + "'");
        }
        int[] widths =
                Arrays.stream(parts[0].split("-")).mapToInt(Integer::parseInt).toArray();
        Nets.checkSize(widths);
        return widths;
    }

    private static Activation mlpActivation(String name) {
        String[] parts = mlpParts(name);
        return parts.length == 2 ? Activation.of(parts[1]) : Activation.TANH;
    }

    private static String[] mlpParts(String name) {
        return name.substring(MLP.length()).split(":", -1);
    }

    /** The seed of the numbers that become a model's parameters. */
    static long parameterSeed(long seed) {
        return StandardNormal.otherSeed(seed, PARAMETER_STREAM);
    }
}
