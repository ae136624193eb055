package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The text of kernels that sum, or find the largest, over axes. A thread takes each so-many-th element from one of the
 * first on, row-major: {@code pieces} threads a result, whose partial results another kernel reduces. In which order terms
 * are added depends on nothing but how many there are and the pieces.
 *
 * @param x what is reduced
 * @param axes over which, at least one element in all
 * @param piecesLast whether partial results of one result lie side by side, else all results of one piece
 */
record ReductionText(
        Spelling spelling, Held held, boolean sum, Strides x, List<Integer> axes, long pieces, boolean piecesLast) {

    long terms() {
        return axes.stream().mapToLong(axis -> x.shape().dim(axis)).reduce(1, Math::multiplyExact);
    }

    long results() {
        return x.shape().size() / terms();
    }

    String text() {
        KernelText text = new KernelText();
        String from = text.address();
        String to = text.address();
        List<Integer> kept = IntStream.range(0, x.shape().rank())
                .filter(axis -> !axes.contains(axis))
                .boxed()
                .toList();
        String index = text.index(results() * pieces);
        String[] parts = {index, null};
        String result = index;
        @Nullable String piece = null;
        if (pieces > 1) {
            parts = text.divided(index, piecesLast ? pieces : results());
            result = parts[piecesLast ? 0 : 1];
            piece = parts[piecesLast ? 1 : 0];
        }
        String base = Axes.at(text, from, Axes.of(x.axes(kept)).places(text, result)[0], held);
        String total = total(text, base, piece, KernelText.isWide(index));
        held.store(text, Axes.at(text, to, index, held), total);
        return text.text();
    }

    private String total(KernelText text, String base, @Nullable String piece, boolean wide) {
        Axes terms = Axes.of(x.axes(axes.stream().sorted().toList()));
        Kind kind = wide ? Kind.B64 : Kind.B32;
        String type = wide ? "u64" : "u32";
        String term = text.emit(kind, "mov." + type + " %s, %s", piece == null ? "0" : piece);
        String total = text.emit(held.kind(), "mov." + held.type() + " %s, %s", element(text, terms, base, term));
        String end = text.label();
        String next = text.label();
        text.place(next);
        text.line("add." + type + " %s, %s, %s", term, term, pieces);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge." + type + " %s, %s, %s", term, terms()), end);
        String value = element(text, terms, base, term);
        if (sum) {
            text.line("add.rn." + held.type() + " %s, %s, %s", total, total, value);
        } else {
            text.line("mov." + held.type() + " %s, %s", total, spelling.larger(text, held, total, value));
        }
        text.line("bra %s", next);
        text.place(end);
        return total;
    }

    private String element(KernelText text, Axes terms, String base, String term) {
        return held.load(text, Axes.at(text, base, terms.places(text, term)[0], held));
    }
}
