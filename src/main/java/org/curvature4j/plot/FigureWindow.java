package org.curvature4j.plot;

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

/** A window with a figure in it. */
final class FigureWindow {

    private FigureWindow() {}

    static void show(Figure figure) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("show: expected a display, got a machine or a Java without one (save the"
                    + " figure to a .png or .svg file instead)");
        }
        CountDownLatch closed = new CountDownLatch(1);
        BufferedImage sharp = figure.image();
        try {
            SwingUtilities.invokeAndWait(() -> open(figure, sharp, closed));
            closed.await();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "show: expected a window to open, got " + e.getCause() + " (save the figure to a file instead)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void open(Figure figure, BufferedImage sharp, CountDownLatch closed) {
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
