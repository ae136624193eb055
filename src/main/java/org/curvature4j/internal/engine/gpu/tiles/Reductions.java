package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;

/**
 * Prepares kernels that sum, or find the largest, over axes. Up to so many terms they are added in row-major order, as
 * loops over Java arrays add them; more in pieces, each of every so-many-th term, whose sums are added likewise.
 */
final class Reductions {
    private static final long LONGEST = 128;

    /** Terms of a piece. */
    private static final long PIECE = 64;

    private final ProgramCode code;
    private final Spelling spelling;

    Reductions(ProgramCode code, Spelling spelling) {
        this.code = code;
        this.spelling = spelling;
    }

    /**
     * Kernels for at least one term.
     *
     * @param from place of the first element of a row-major array
     * @param to place of the first result
     */
    List<Launch> of(Held held, boolean sum, long from, Shape shape, List<Integer> axes, long to) {
        List<Launch> launches = new ArrayList<>();
        long terms = axes.stream().mapToLong(shape::dim).reduce(1, Math::multiplyExact);
        long pieces = terms <= LONGEST ? 1 : (terms + PIECE - 1) / PIECE;
        // Threads side by side read neighbours: results where the last axis stays, else terms.
        boolean piecesLast = isLast(shape, axes);
        ReductionText text = new ReductionText(spelling, held, sum, Strides.of(shape), axes, pieces, piecesLast);
        long results = text.results();
        long target = pieces == 1 ? to : code.takeScratch(results * pieces * held.bytes());
        launches.add(Launch.over(code.entry(text.text()), results * pieces, from, target));
        if (pieces > 1) {
            Shape partial = piecesLast ? Shape.of(results, pieces) : Shape.of(pieces, results);
            launches.addAll(of(held, sum, target, partial, List.of(piecesLast ? 1 : 0), to));
        }
        return launches;
    }

    private static boolean isLast(Shape shape, List<Integer> axes) {
        int last = shape.rank() - 1;
        while (last > 0 && shape.dim(last) == 1) {
            last--;
        }
        return axes.contains(last);
    }

    /** A kernel that adds arrays of one size, which lie one after the other, in their order. */
    Launch inOrder(Held held, long from, long arrays, long length, long to) {
        ReductionText text =
                new ReductionText(spelling, held, true, Strides.of(Shape.of(arrays, length)), List.of(0), 1, false);
        return Launch.over(code.entry(text.text()), length, from, to);
    }
}
