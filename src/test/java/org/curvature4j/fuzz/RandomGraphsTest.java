package org.curvature4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.Smoothness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random SameDiff graphs over the whole catalogue against everything that every graph is held to. Other and more ones:
 * {@code -Dfuzz.graphs=5000 -Dfuzz.seed=1000}. A failing one is made small and printed as code.
 */
class RandomGraphsTest {
    private static final Set<String> PARTS = Set.of("enter", "exit", "next_iteration", "switch");

    /** ND4J corrupts memory where it runs these on drawn shapes; RecurrentImportTest holds them to its values on others. */
    private static final Set<String> CORRUPTING = Set.of("gru", "gruCell", "lstmLayer");

    /** Volumes and pools by norms, as networks of other libraries have them: ConvolutionImportTest holds them to ND4J's values. */
    private static final Set<String> BY_HAND = Set.of("deconv3d", "pnormpool2d", "upsampling3d");

    /** One for each row of the vocabulary. */
    private static final int GRAPHS = Vocabulary.rows().size();

    private static final Map<Long, Program> DRAWN = new ConcurrentHashMap<>();

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    static LongStream seeds() {
        long first = Long.getLong("fuzz.seed", 0);
        return LongStream.range(first, first + Long.getLong("fuzz.graphs", GRAPHS));
    }

    private static Program drawn(long seed) {
        return DRAWN.computeIfAbsent(seed, Generator::of);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhatEveryGraphIsHeldTo(long seed) {
        assertThat(Campaign.standard().finding(drawn(seed))).isEmpty();
    }

    /** But for the parts of loops and branches, which are none by themselves: LoopImportTest. */
    @Test
    void everyDifferentiableOperationIsDrawn() {
        Set<String> used = new HashSet<>();
        for (long seed = 0; seed < GRAPHS; seed++) {
            Built.of(drawn(seed))
                    .sameDiff()
                    .getOps()
                    .values()
                    .forEach(operation -> used.add(operation.getOp().opName()));
        }
        assertThat(ImportRules.standard().entries())
                .filteredOn(entry -> entry.smoothness() != Smoothness.STEP)
                .extracting(ImportRules.Entry::op)
                .filteredOn(op ->
                        !used.contains(op) && !PARTS.contains(op) && !CORRUPTING.contains(op) && !BY_HAND.contains(op))
                .isEmpty();
    }

    @Test
    void aSeedIsAGraph() {
        assertThat(Generator.of(5)).isEqualTo(Generator.of(5)).isNotEqualTo(Generator.of(6));
    }
}
