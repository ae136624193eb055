package org.curvature4j.internal.cli.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that a misspelt word may have been meant for. */
public final class NearMiss {
    private static final int MOST = 3;

    private NearMiss() {}

    /** The names that differ from a word in a third of its letters or less, the nearest first. */
    public static List<String> of(String word, Collection<String> names) {
        int allowed = Math.max(1, word.length() / 3);
        return names.stream()
                .filter(name -> distance(word, name) <= allowed)
                .sorted(Comparator.comparingInt(name -> distance(word, name)))
                .limit(MOST)
                .toList();
    }

    /** {@code  (did you mean 'tanh'?)}, to stand behind a message; empty where nothing is near. */
    public static String hint(String word, Collection<String> names) {
        List<String> near = of(word, names);
        return near.isEmpty() ? "" : " (did you mean '" + String.join("' or '", near) + "'?)";
    }

    /**
     * Letters to insert, delete, replace, or swap with their neighbours: the optimal string alignment distance, L. Boytsov,
     * Indexing methods for approximate dictionary searching, Journal of Experimental Algorithmics 16 (2011), section 2.2.
     */
    private static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
