package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/**
 * Contractions of any number of operands as NumPy writes them: a letter an axis, three dots for axes that broadcast, a
 * letter twice in one operand for its diagonal. Without an arrow the result has the letters that stand once, in
 * alphabetical order, after the dots' axes.
 */
public final class EinsteinSums {
    /** Names for the axes that three dots stand for, counted from the last. */
    private static final char DOTS = '\u0100';

    private static final String ELLIPSIS = "...";

    /** An operand and a letter for each of its axes. */
    private record Term(Node node, String labels) {}

    private EinsteinSums() {}

    /** @throws IllegalArgumentException where the formula is none, or the operands don't fit it */
    public static Node of(Ops o, String formula, List<Node> operands) {
        String[] sides = formula.replace(" ", "").split("->", -1);
        String[] written = sides[0].split(",", -1);
        if (sides.length > 2 || written.length != operands.size()) {
            throw new IllegalArgumentException("expected a formula for " + operands.size() + " operands, such as"
                    + " \"ij,jk->ik\", got \"" + formula + "\"");
        }
        List<Term> terms = new ArrayList<>();
        int dots = 0;
        for (int i = 0; i < written.length; i++) {
            Node x = operands.get(i);
            int covered = x.shape().rank() - written[i].replace(ELLIPSIS, "").length();
            boolean isOpen = written[i].contains(ELLIPSIS);
            if (isOpen ? covered < 0 : covered != 0) {
                throw new IllegalArgumentException("expected a letter for each axis of " + x.type() + ", got \""
                        + written[i] + "\" in \"" + formula + "\"");
            }
            dots = Math.max(dots, covered);
            terms.add(diagonal(o, new Term(x, labels(written[i], covered, formula))));
        }
        String result = sides.length == 2 ? labels(sides[1], dots, formula) : implicit(sides[0], dots, formula);
        return ordered(o, contracted(o, broadcast(o, terms), result), result, formula);
    }

    private static String labels(String written, int covered, String formula) {
        int start = written.indexOf(ELLIPSIS);
        String labels = start < 0
                ? written
                : written.substring(0, start) + dots(covered) + written.substring(start + ELLIPSIS.length());
        if (!written.replaceFirst("[.]{3}", "").chars().allMatch(label -> label < DOTS && Character.isLetter(label))) {
            throw new IllegalArgumentException(
                    "expected letters, commas, one arrow and three dots once an operand, got \"" + formula + "\"");
        }
        return labels;
    }

    private static String dots(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.valueOf((char) (DOTS + count - 1 - i)))
                .collect(Collectors.joining());
    }

    private static String implicit(String left, int dots, String formula) {
        String letters = labels(left.replace(ELLIPSIS, "").replace(",", ""), 0, formula);
        return dots(dots)
                + letters.chars()
                        .filter(label -> letters.indexOf(label) == letters.lastIndexOf(label))
                        .sorted()
                        .mapToObj(label -> String.valueOf((char) label))
                        .collect(Collectors.joining());
    }

    /** Of two axes with one letter, the elements at equal places. */
    private static Term diagonal(Ops o, Term term) {
        Node x = term.node;
        String labels = term.labels;
        for (int axis = 0; axis < labels.length(); axis++) {
            int other = labels.indexOf(labels.charAt(axis), axis + 1);
            while (other >= 0) {
                long size = x.shape().dim(axis);
                if (x.shape().dim(other) != size) {
                    throw new IllegalArgumentException(
                            "expected equal sizes where a letter stands twice, got " + x.type());
                }
                int last = labels.length() - 1;
                Node moved = Axes.move(o, Axes.move(o, x, other, last), axis, last - 1);
                Shape pairs = moved.shape().dropLast().dropLast().append(Math.multiplyExact(size, size));
                int[] equal = IntStream.range(0, (int) size)
                        .map(i -> i * ((int) size + 1))
                        .toArray();
                x = Axes.move(o, o.gather(o.reshape(moved, pairs), last - 1, Indices.of(equal)), last - 1, axis);
                labels = labels.substring(0, other) + labels.substring(other + 1);
                other = labels.indexOf(labels.charAt(axis), axis + 1);
            }
        }
        return new Term(x, labels);
    }

    /** An axis of size 1 that is longer in another operand is dropped: a contraction passes the other's through. */
    private static List<Term> broadcast(Ops o, List<Term> terms) {
        Map<Integer, Long> sizes = new HashMap<>();
        for (Term term : terms) {
            for (int axis = 0; axis < term.labels.length(); axis++) {
                sizes.merge((int) term.labels.charAt(axis), term.node.shape().dim(axis), (a, b) -> a == 1 ? b : a);
            }
        }
        return terms.stream()
                .map(term -> {
                    List<Integer> dropped = IntStream.range(0, term.labels.length())
                            .filter(axis -> term.node.shape().dim(axis) == 1
                                    && sizes.getOrDefault((int) term.labels.charAt(axis), 1L) != 1)
                            .boxed()
                            .toList();
                    String kept = keep(term.labels, label -> !dropped.contains(term.labels.indexOf(label)));
                    return new Term(Axes.drop(o, term.node, dropped), kept);
                })
                .toList();
    }

    /** One operand after the other, each axis summed as soon as nothing else has it. */
    private static Term contracted(Ops o, List<Term> terms, String result) {
        Term product = terms.get(0);
        for (int i = 1; i < terms.size(); i++) {
            Term next = terms.get(i);
            String later = result
                    + terms.subList(i + 1, terms.size()).stream()
                            .map(Term::labels)
                            .collect(Collectors.joining());
            String left = product.labels;
            String kept = keep(left, label -> later.indexOf(label) >= 0)
                    + keep(next.labels, label -> later.indexOf(label) >= 0 && left.indexOf(label) < 0);
            product = new Term(o.einsum(left + "," + next.labels + "->" + kept, product.node, next.node), kept);
        }
        return product;
    }

    private static Node ordered(Ops o, Term term, String result, String formula) {
        String kept = keep(term.labels, label -> result.indexOf(label) >= 0);
        boolean isComplete =
                kept.length() == result.length() && result.chars().distinct().count() == result.length();
        if (!isComplete) {
            throw new IllegalArgumentException(
                    "expected each letter of the result once, and in an operand, got \"" + formula + "\"");
        }
        List<Integer> summed = IntStream.range(0, term.labels.length())
                .filter(axis -> result.indexOf(term.labels.charAt(axis)) < 0)
                .boxed()
                .toList();
        Node sum = Axes.drop(o, o.sum(term.node, summed), summed);
        return o.permute(sum, result.chars().map(kept::indexOf).boxed().toList());
    }

    private static String keep(String labels, java.util.function.IntPredicate wanted) {
        return labels.chars()
                .filter(wanted)
                .mapToObj(label -> String.valueOf((char) label))
                .collect(Collectors.joining());
    }
}
