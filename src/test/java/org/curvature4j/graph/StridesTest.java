package org.curvature4j.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against positions counted by hand in a row-major array [2, 3, 4]. */
class StridesTest {
    private static final Strides WHOLE = Strides.of(Shape.of(2, 3, 4));

    @Test
    void aWholeArrayIsInOrder() {
        assertThat(WHOLE.positions()).startsWith(0, 1, 2, 3, 4).hasSize(24).endsWith(22, 23);
        assertThat(WHOLE.after(100).positions()).startsWith(100, 101).hasSize(24);
        assertThat(WHOLE.contiguousFrom()).isZero();
        assertThat(WHOLE.constantFrom()).isEqualTo(3);
    }

    @Test
    void partsBeginWhereTheyAreSaidTo() {
        Strides block = WHOLE.block(List.of(1L, 0L, 2L), Shape.of(1, 2, 2));
        assertThat(block.positions()).containsExactly(14, 15, 18, 19);
        assertThat(block.contiguousFrom()).isEqualTo(2);
        assertThat(WHOLE.slice(1, 2, 1).positions()).containsExactly(8, 9, 10, 11, 20, 21, 22, 23);
    }

    @Test
    void axesMove() {
        Strides turned = WHOLE.axes(List.of(2, 0));
        assertThat(turned.shape()).isEqualTo(Shape.of(4, 2));
        assertThat(turned.positions()).containsExactly(0, 12, 1, 13, 2, 14, 3, 15);
        assertThat(WHOLE.leading(2).positions()).containsExactly(0, 4, 8, 12, 16, 20);
        assertThat(WHOLE.leading(0).positions()).containsExactly(0);
    }

    @Test
    void repeatedAxesStandStill() {
        assertThat(Strides.of(Shape.of(2, 1)).broadcast(Shape.of(2, 3)).positions())
                .containsExactly(0, 0, 0, 1, 1, 1);
        Strides scalar = Strides.of(Shape.SCALAR).broadcast(Shape.of(2, 2));
        assertThat(scalar.positions()).containsExactly(0, 0, 0, 0);
        assertThat(scalar.constantFrom()).isZero();
    }

    /** A diagonal of 3 x 4, of which rows become columns. */
    @Test
    void elementsMoveWithTheirArray() {
        Shape whole = Shape.of(3, 4);
        Strides every = Strides.of(Shape.of(3, 5)).axes(List.of(0));
        assertThat(every.positions()).containsExactly(0, 5, 10);
        assertThat(every.last()).isEqualTo(10);
        Strides turned = Strides.of(Shape.of(4, 3)).axes(List.of(1, 0));
        assertThat(requireNonNull(every.moved(whole, List.of(0L, 0L), turned)).positions())
                .containsExactly(0, 4, 8);
        Strides part = Strides.of(Shape.of(3, 3));
        assertThat(requireNonNull(every.moved(whole, List.of(0L, 0L), part)).positions())
                .containsExactly(0, 4, 8);
        assertThat(every.moved(whole, List.of(0L, 1L), part)).isNull();
        assertThat(every.moved(whole, List.of(0L, 0L), Strides.of(Shape.of(2, 4))))
                .isNull();
        assertThat(every.after(2).moved(whole, List.of(0L, 0L), turned)).isNull();
    }

    @Test
    void nothingHasNoPositions() {
        assertThat(Strides.of(Shape.of(2, 0)).positions()).isEmpty();
    }

    @Test
    void shapesJoin() {
        assertThat(Shape.of(2, 1).joined(Shape.of(1, 3))).isEqualTo(Shape.of(2, 3));
        assertThat(Shape.SCALAR.joined(Shape.of(4))).isEqualTo(Shape.of(4));
        assertThat(Shape.of(2, 3, 4).sizeFrom(1)).isEqualTo(12);
    }
}
