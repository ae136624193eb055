package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpareMemoryTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void givesMemoryOfAboutTheSizeAgain() {
        SpareMemory.Block first = SpareMemory.take(37 * MEBIBYTE - 5);
        assertThat(first.bytes()).isEqualTo(37 * MEBIBYTE);
        SpareMemory.give(first);
        SpareMemory.Block second = SpareMemory.take(36 * MEBIBYTE + 1);
        assertThat(second.start().address()).isEqualTo(first.start().address());
        SpareMemory.Block third = SpareMemory.take(37 * MEBIBYTE);
        assertThat(third.start().address()).isNotEqualTo(second.start().address());
        SpareMemory.give(second);
        SpareMemory.give(third);
    }

    @Test
    void keepsLittle() {
        long third = SpareMemory.MOST / 3;
        List<SpareMemory.Block> blocks =
                Stream.generate(() -> SpareMemory.take(third)).limit(5).toList();
        blocks.forEach(block -> {
            SpareMemory.give(block);
            assertThat(SpareMemory.bytesKept()).isBetween(third, SpareMemory.MOST);
        });
        SpareMemory.give(SpareMemory.take(SpareMemory.MOST + MEBIBYTE));
        assertThat(SpareMemory.bytesKept()).isLessThanOrEqualTo(SpareMemory.MOST);
    }
}
