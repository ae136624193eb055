package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.curvature4j.graph.Origin;

/**
 * How many points lie exactly on kinks of a function, where a derivative is a convention, one side's or not a number, as
 * docs/operations.md says of each operation, or have matrices without a decomposition or whose decomposition has no
 * derivatives, as docs/matrices.md says.
 *
 * @param points how many were looked at
 * @param onKinks how many of them are such a point of any operation
 * @param operations all that have such points, in order
 * @param flat whether the Hessian is zero wherever it exists, because the function is linear piece by piece
 */
public record KinkReport(long points, long onKinks, List<Count> operations, boolean flat) {
    /** So many operations are told of by themselves. */
    private static final int MOST_TOLD = 6;

    public KinkReport {
        operations = List.copyOf(operations);
    }

    /**
     * An operation of the model.
     *
     * @param operation its name, such as {@code relu}
     * @param variable what it computes; empty where that isn't known
     * @param points how many lie on its kink in some element, or have such a matrix
     * @param words what is true of these points and what is lost there, to go on from their number
     */
    public record Count(String operation, String variable, long points, String words) {
        /** The operation and the variable, for people. */
        String name() {
            return new Origin(operation, variable, false).words();
        }
    }

    /** One or two lines for people, or more where points lie on kinks of several operations. */
    public String words() {
        String told = operations.isEmpty() ? "none" : counts();
        return flat ? told + "\n" + flatness() : told;
    }

    /** Why the Hessian is zero, for people; empty where it isn't zero everywhere. */
    public String flatness() {
        if (!flat) {
            return "";
        }
        return operations.isEmpty()
                ? "linear: the Hessian is 0"
                : "linear piece by piece: the Hessian is 0 wherever it exists, flat because of the kinks of " + names();
    }

    private String counts() {
        List<String> lines = new ArrayList<>();
        List<Count> hit =
                operations.stream().filter(count -> count.points() > 0).toList();
        if (hit.isEmpty()) {
            return String.format(Locale.ROOT, "none of %,d at a kink or singularity of %s", points, names());
        }
        hit.stream()
                .limit(MOST_TOLD)
                .forEach(count -> lines.add(String.format(
                        Locale.ROOT, "%s: %,d of %,d %s", count.name(), count.points(), points, count.words())));
        if (hit.size() > MOST_TOLD) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d more operations; at any such point: %,d of %,d",
                    hit.size() - MOST_TOLD,
                    onKinks,
                    points));
        }
        return String.join("\n", lines);
    }

    private String names() {
        return operations.stream().map(Count::operation).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return words();
    }
}
