package org.curvature4j.internal.cli.report;

import java.util.Collection;
import java.util.List;

/** Names that a misspelt word may have been meant for. */
public final class NearMiss {
    private NearMiss() {}

    /** The names that are nearest to a word, if they differ from it in a third of its letters or less. */
    private static List<String> of(String word, Collection<String> names) {
        int least = names.stream().mapToInt(name -> distance(word, name)).min().orElse(Integer.MAX_VALUE);
        return least > Math.max(1, word.length() / 3)
                ? List.of()
                : names.stream().filter(name -> distance(word, name) == least).toList();
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
