package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.gpu.tiles.SumTree.Block;
import org.junit.jupiter.api.Test;

class SumTreeTest {
    private static SumTree<StringBuilder> tree() {
        return new SumTree<>(
                (sum, other) -> sum.insert(0, '(').append('+').append(other).append(')'));
    }

    private static String sum(int summands, int owners) {
        List<SumTree<StringBuilder>> parts = new ArrayList<>();
        for (int i = 0; i < owners; i++) {
            parts.add(tree());
        }
        int last = -1;
        for (int i = 0; i < summands; i++) {
            int group = SumTree.group(i, summands);
            if (group != last) {
                parts.get(SumTree.owner(group, summands, owners))
                        .add(new Block<>(group, 1, new StringBuilder("" + (char) ('a' + group))));
                last = group;
            }
        }
        SumTree<StringBuilder> whole = tree();
        parts.forEach(part -> part.take().forEach(whole::add));
        return whole.total().toString();
    }

    @Test
    void hasTheSameBracketsForAnyNumberOfOwners() {
        assertThat(sum(1, 1)).isEqualTo("a");
        assertThat(sum(7, 1)).isEqualTo("(((a+b)+(c+d))+((e+f)+g))");
        assertThat(sum(100, 1)).isEqualTo("(((a+b)+(c+d))+((e+f)+(g+h)))");
        for (int summands = 1; summands < 20; summands++) {
            for (int owners = 2; owners <= SumTree.groups(summands); owners++) {
                assertThat(sum(summands, owners)).isEqualTo(sum(summands, 1));
            }
        }
    }

    @Test
    void sharesGroupsOutEvenly() {
        int[] shares = new int[3];
        for (int i = 0; i < 24; i++) {
            shares[SumTree.owner(SumTree.group(i, 24), 24, 3)]++;
        }
        assertThat(shares).containsExactly(9, 9, 6);
    }
}
