namespace MoViNetNAS.Models.Kernels;

/// <summary>Lists where the taps of one output column read their inputs and weights.</summary>
internal readonly unsafe ref struct TapTable(CorrelationPlan plan, in CorrelationOperands operands, int paddedChannels)
{
    private readonly CorrelationOperands _operands = operands;

    /// <summary>Fills the addresses of channel 0 for the taps that lie inside; taps in the order frame, row, column.</summary>
    /// <param name="x">Input addresses, room for all taps.</param>
    /// <param name="w">Weight addresses.</param>
    /// <param name="clip">Clip of the batch.</param>
    /// <param name="frame">Output frame.</param>
    /// <param name="row">Output row.</param>
    /// <param name="phase">Phase of the column.</param>
    /// <param name="column">Column, counted in the phase.</param>
    /// <returns>The number of taps.</returns>
    internal int Fill(byte** x, byte** w, int clip, int frame, int row, ColumnPhase phase, int column)
    {
        DepthwiseGeometry g = plan.Geometry;
        int count = 0;
        ReadOnlySpan<(int Kernel, int Input)> columns = phase.Taps;
        int firstColumn = 0, endColumn = columns.Length; // taps are in ascending order of input columns
        while (firstColumn < endColumn && columns[firstColumn].Input + column * phase.InputStep < 0) firstColumn++;
        while (firstColumn < endColumn && columns[endColumn - 1].Input + column * phase.InputStep >= plan.InputWidth) endColumn--;
        columns = columns[firstColumn..endColumn];
        foreach ((int kernelFrame, int offset) in plan.FrameTaps)
        {
            float* input = _operands.Frame(plan, clip, frame + offset);
            if (input == null) continue;
            foreach ((int kernelRow, int inputRow) in plan.RowTaps[row])
            {
                float* line = input + ((long)inputRow * plan.InputWidth + column * phase.InputStep) * g.Channels;
                float* weights = _operands.Weight + (long)(kernelFrame * g.KernelSize + kernelRow) * g.KernelSize * paddedChannels;
                foreach ((int kernelColumn, int inputColumn) in columns)
                {
                    x[count] = (byte*)(line + (long)inputColumn * g.Channels);
                    w[count++] = (byte*)(weights + (long)kernelColumn * paddedChannels);
                }
            }
        }

        return count;
    }
}
