package org.curvature4j.internal.engine.fused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.engine.code.Unsuitable;

/**
 * Makes scalar expressions, equal ones once, and takes out what costs nothing to leave out: products with structural
 * zeros and ones, sums with structural zeros, arithmetic of constants. A user's zero stays, since zero times infinity is
 * not a number.
 */
public final class ScalarAlgebra {
    /** Beyond this many computations a point, code no longer fits the processor's caches and whole arrays are faster. */
    static final int LARGEST = 6000;

    private record Key(String code, List<Scalar> operands) {}

    private final Map<Object, Scalar> interned = new HashMap<>();
    private int count;

    Scalar constant(double value, boolean structural) {
        return intern(new Scalar.Constant(value, structural));
    }

    Scalar zero() {
        return constant(0, true);
    }

    Scalar input(int index) {
        return intern(new Scalar.Input(index));
    }

    private Scalar intern(Scalar leaf) {
        return interned.computeIfAbsent(leaf, any -> leaf);
    }

    Scalar call(String code, boolean logical, Scalar... operands) {
        Key key = new Key(code, List.of(operands));
        Scalar known = interned.get(key);
        if (known == null) {
            if (count == LARGEST) {
                throw new Unsuitable("more than " + LARGEST + " computations a point");
            }
            known = new Scalar.Call(code, key.operands(), logical, count++);
            interned.put(key, known);
        }
        return known;
    }

    Scalar negate(Scalar x) {
        if (x instanceof Scalar.Constant constant) {
            return constant.isStructuralZero() ? x : constant(-constant.value(), false);
        }
        return call("-%s", false, x);
    }

    Scalar add(Scalar a, Scalar b) {
        if (isZero(a)) {
            return b;
        } else if (isZero(b)) {
            return a;
        } else if (a instanceof Scalar.Constant x && b instanceof Scalar.Constant y) {
            return constant(x.value() + y.value(), false);
        }
        return commutative("%s + %s", a, b);
    }

    Scalar subtract(Scalar a, Scalar b) {
        if (isZero(a)) {
            return negate(b);
        } else if (isZero(b)) {
            return a;
        } else if (a instanceof Scalar.Constant x && b instanceof Scalar.Constant y) {
            return constant(x.value() - y.value(), false);
        }
        return call("%s - %s", false, a, b);
    }

    Scalar multiply(Scalar a, Scalar b) {
        if (isZero(a) || isZero(b)) {
            return zero();
        } else if (a instanceof Scalar.Constant x && b instanceof Scalar.Constant y) {
            return constant(x.value() * y.value(), false);
        } else if (is(a, 1)) {
            return b;
        } else if (is(b, 1)) {
            return a;
        } else if (is(a, -1)) {
            return negate(b);
        } else if (is(b, -1)) {
            return negate(a);
        }
        return commutative("%s * %s", a, b);
    }

    Scalar divide(Scalar a, Scalar b) {
        if (isZero(a) && !isZero(b)) {
            return a;
        } else if (is(b, 1)) {
            return a;
        }
        return call("%s / %s", false, a, b);
    }

    /** Rounded to float32. */
    Scalar narrow(Scalar x) {
        return x instanceof Scalar.Constant constant
                ? constant((float) constant.value(), constant.structural())
                : call("(double) (float) %s", false, x);
    }

    Scalar select(Scalar condition, Scalar yes, Scalar no) {
        if (condition instanceof Scalar.Constant known) {
            return known.value() != 0 ? yes : no;
        }
        return yes.equals(no) ? yes : call("%s ? %s : %s", false, condition, yes, no);
    }

    /** Addition and multiplication give the same bits in either order. */
    private Scalar commutative(String code, Scalar a, Scalar b) {
        List<Scalar> ordered = new ArrayList<>(List.of(a, b));
        ordered.sort((x, y) -> Integer.compare(rank(x), rank(y)));
        return call(code, false, ordered.get(0), ordered.get(1));
    }

    /** Constants, then inputs, then computations in order; constants compare equal, and no sum has two. */
    private static int rank(Scalar x) {
        if (x instanceof Scalar.Call call) {
            return call.order();
        }
        return x instanceof Scalar.Input input ? Integer.MIN_VALUE / 2 + input.index() : Integer.MIN_VALUE;
    }

    private static boolean isZero(Scalar x) {
        return x instanceof Scalar.Constant constant && constant.isStructuralZero();
    }

    private static boolean is(Scalar x, double value) {
        return x instanceof Scalar.Constant constant && constant.is(value);
    }
}
