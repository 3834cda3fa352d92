namespace MoViNetNAS.Models.Kernels;

/// <summary>Which inputs each output of a depthwise correlation reads, without padding: taps outside the input are not listed.</summary>
/// <remarks>The forward pass and the gradient to the input have the same form. The gradient of a strided convolution
/// splits the output columns into one phase for each remainder modulo the stride.</remarks>
internal sealed class CorrelationPlan
{
    // The window of input that a part slides through the frames should stay in the second-level cache.
    private const long WindowBytes = 256 * 1024;

    // Enough parts to keep a handful of threads evenly busy, also with a single clip.
    private const int FewestParts = 16;

    private CorrelationPlan(DepthwiseGeometry geometry, int inputHeight, int inputWidth, int outputHeight, int outputWidth)
    {
        Geometry = geometry;
        InputHeight = inputHeight;
        InputWidth = inputWidth;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        FrameTaps = new (int, int)[geometry.KernelFrames];
        RowTaps = new (int, int)[outputHeight][];

        long rowBytes = (long)inputWidth * geometry.Channels * sizeof(float) * geometry.KernelFrames;
        long cached = Math.Max(1, WindowBytes / rowBytes - geometry.KernelSize + 1);
        int wanted = (FewestParts + geometry.Batch - 1) / geometry.Batch;
        int rows = (int)Math.Min(cached, (outputHeight + wanted - 1) / wanted);
        RowGroups = (outputHeight + rows - 1) / rows;
        RowsPerGroup = (outputHeight + RowGroups - 1) / RowGroups;
        RowGroups = (outputHeight + RowsPerGroup - 1) / RowsPerGroup;
    }

    private CorrelationPlan(CorrelationPlan other, int frames)
    {
        Geometry = other.Geometry with { Frames = frames };
        (InputHeight, InputWidth, OutputHeight, OutputWidth) = (other.InputHeight, other.InputWidth, other.OutputHeight, other.OutputWidth);
        (FrameTaps, RowTaps, Phases) = (other.FrameTaps, other.RowTaps, other.Phases);
        (RowGroups, RowsPerGroup) = (other.RowGroups, other.RowsPerGroup);
    }

    internal DepthwiseGeometry Geometry { get; }

    internal int InputHeight { get; }

    internal int InputWidth { get; }

    internal int OutputHeight { get; }

    internal int OutputWidth { get; }

    /// <summary>Kernel frame, and the input frame minus the output frame.</summary>
    internal (int Kernel, int Offset)[] FrameTaps { get; }

    /// <summary>For each output row: kernel row and input row.</summary>
    internal (int Kernel, int Input)[][] RowTaps { get; }

    internal ColumnPhase[] Phases { get; private init; } = [];

    internal int RowsPerGroup { get; }

    internal int RowGroups { get; }

    /// <summary>Independent pieces of work: a group of output rows of one clip, all frames.</summary>
    internal int Parts => Geometry.Batch * RowGroups;

    /// <summary>The same plan for clips of another length; it shares the tables.</summary>
    internal CorrelationPlan WithFrames(int frames) => new(this, frames);

    /// <summary>From x to y: y[t, h, w] = sum of x[t + i - before, h s + j - before, w s + k - before] weight[i, j, k].</summary>
    internal static CorrelationPlan Forward(DepthwiseGeometry g)
    {
        var columns = new (int, int)[g.KernelSize];
        for (int k = 0; k < g.KernelSize; k++) columns[k] = (k, k - g.ColumnsBefore);
        var plan = new CorrelationPlan(g, g.Height, g.Width, g.OutHeight, g.OutWidth)
        {
            Phases = [ColumnPhase.Of(0, g.OutWidth, 1, g.Stride, columns, g.Width)],
        };
        for (int i = 0; i < g.KernelFrames; i++) plan.FrameTaps[i] = (i, i - g.FramesBefore);
        var taps = new List<(int, int)>();
        for (int row = 0; row < g.OutHeight; row++)
        {
            taps.Clear();
            for (int j = 0; j < g.KernelSize; j++)
            {
                int input = row * g.Stride + j - g.RowsBefore;
                if (input >= 0 && input < g.Height) taps.Add((j, input));
            }

            plan.RowTaps[row] = [.. taps];
        }

        return plan;
    }

    /// <summary>From dy to dx: the forward pass read backwards, tap by tap.</summary>
    internal static CorrelationPlan InputGradient(DepthwiseGeometry g)
    {
        var phases = new List<ColumnPhase>();
        var taps = new List<(int, int)>();
        for (int first = 0; first < Math.Min(g.Stride, g.Width); first++)
        {
            taps.Clear();
            for (int k = g.KernelSize - 1; k >= 0; k--)
            {
                int scaled = first + g.ColumnsBefore - k;
                if (scaled % g.Stride == 0) taps.Add((k, scaled / g.Stride));
            }

            int count = (g.Width - first + g.Stride - 1) / g.Stride;
            phases.Add(ColumnPhase.Of(first, count, g.Stride, 1, [.. taps], g.OutWidth));
        }

        var plan = new CorrelationPlan(g, g.OutHeight, g.OutWidth, g.Height, g.Width) { Phases = [.. phases] };
        for (int i = 0; i < g.KernelFrames; i++) plan.FrameTaps[i] = (i, g.FramesBefore - i);
        for (int row = 0; row < g.Height; row++)
        {
            taps.Clear();
            for (int j = g.KernelSize - 1; j >= 0; j--)
            {
                int scaled = row + g.RowsBefore - j;
                if (scaled >= 0 && scaled % g.Stride == 0 && scaled / g.Stride < g.OutHeight) taps.Add((j, scaled / g.Stride));
            }

            plan.RowTaps[row] = [.. taps];
        }

        return plan;
    }
}
