namespace MoViNetNAS.Data;

/// <summary>How far each coordinate of a clip's shapes is from its start at each frame, in steps of the shape's own speed.</summary>
/// <remarks>One table for all shapes of a clip. With a table for each shape, the coordinate of the class would be the only one in which the
/// shapes go together, and that shows in any order of the frames.</remarks>
internal sealed class ShapeSteps
{
    /// <summary>x, y, angle, size: a class is one of them, forwards or backwards.</summary>
    public const int Coordinates = 4;

    private readonly int[][] _steps; // [coordinate][frame]

    private ShapeSteps(int[][] steps) => _steps = steps;

    /// <summary>Steps of <paramref name="coordinate"/>, 0 to 3, at <paramref name="frame"/>, from 0; negative ones lie before the start.</summary>
    public int this[int coordinate, int frame] => _steps[coordinate][frame];

    /// <summary>The coordinate of <paramref name="motion"/> goes one step a frame, forwards or backwards; the others rest.</summary>
    public static ShapeSteps Still(ShapeMotion motion, int frames)
    {
        (int moving, bool isForward) = Axis(motion);
        int[][] steps = [.. Enumerable.Range(0, Coordinates).Select(_ => new int[frames])];
        for (int t = 0; t < frames; t++) steps[moving][t] = isForward ? t : -t;
        return new ShapeSteps(steps);
    }

    /// <summary>Frames are drawn without the class, each coordinate at steps 0 to T - 1 once each; the class then sorts them by its coordinate.</summary>
    /// <param name="motion">The class: frames are sorted upwards or downwards.</param>
    /// <param name="orders">[coordinate][frame]: a permutation of 0 to T - 1 for each, the steps of the frames before they are sorted.</param>
    public static ShapeSteps Sorted(ShapeMotion motion, int[][] orders)
    {
        (int moving, bool isForward) = Axis(motion);
        int[] frames = [.. Enumerable.Range(0, orders[moving].Length)];
        Array.Sort(orders[moving].ToArray(), frames);
        if (!isForward) Array.Reverse(frames);
        return new ShapeSteps(orders).Reordered(frames);
    }

    /// <summary>The same steps with frame <paramref name="order"/>[t] shown at t.</summary>
    public ShapeSteps Reordered(int[] order) => new([.. _steps.Select(steps => order.Select(t => steps[t]).ToArray())]);

    private static (int Coordinate, bool IsForward) Axis(ShapeMotion motion) => motion switch
    {
        ShapeMotion.Left => (0, false),
        ShapeMotion.Right => (0, true),
        ShapeMotion.Up => (1, false),
        ShapeMotion.Down => (1, true),
        ShapeMotion.Clockwise => (2, true),
        ShapeMotion.Counterclockwise => (2, false),
        ShapeMotion.Grow => (3, true),
        ShapeMotion.Shrink => (3, false),
        _ => throw new ArgumentOutOfRangeException(nameof(motion), motion, "not a motion"),
    };
}
