package org.curvature4j.plot;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Image;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BaseMultiResolutionImage;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CountDownLatch;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/** A window with a figure in it. */
final class FigureWindow {

    private FigureWindow() {}

    /** Returns when the user has closed it. */
    static void show(Figure figure) {
        try {
            open(figure).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns at once; what comes back is counted down when the user closes the window. */
    static CountDownLatch open(Figure figure) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("show: expected a display, got a machine or a Java without one (save the"
                    + " figure to a .png or .svg file instead)");
        }
        CountDownLatch closed = new CountDownLatch(1);
        BufferedImage sharp = figure.image();
        try {
            SwingUtilities.invokeAndWait(() -> build(figure, sharp, closed));
        } catch (InvocationTargetException e) {
            throw failure(e.getCause(), e);
        } catch (AWTError e) {
            // A display is named that nobody answers for.
            throw failure(e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
        return closed;
    }

    private static IllegalStateException failure(@Nullable Throwable reason, Throwable cause) {
        return new IllegalStateException(
                "show: expected a window to open, got " + reason + " (save the figure to a file instead)", cause);
    }

    private static void build(Figure figure, BufferedImage sharp, CountDownLatch closed) {
        Dimension size = figure.size();
        Image plain = sharp.getScaledInstance(size.width, size.height, Image.SCALE_SMOOTH);
        JFrame frame = new JFrame(figure.title());
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                closed.countDown();
            }
        });
        // The screen picks: one image pixel for each of its own, also where it has two for a logical one.
        frame.add(new JScrollPane(new JLabel(new ImageIcon(new BaseMultiResolutionImage(plain, sharp)))));
        frame.pack();
        frame.setLocationRelativeTo(null);
        frame.setVisible(true);
    }
}
