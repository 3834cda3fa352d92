namespace MoViNetNAS.Models.Kernels;

/// <summary>Output columns First, First + OutputStep, ... of which every one reads the same kernel columns.</summary>
/// <param name="First">First output column.</param>
/// <param name="Count">Number of output columns.</param>
/// <param name="OutputStep">Distance of neighbouring output columns.</param>
/// <param name="InputStep">Distance of the input columns that neighbours read.</param>
/// <param name="Taps">Kernel column and the input column that output column First reads with it (may lie outside).</param>
/// <param name="InteriorStart">First output (counted in the phase) for which every tap lies inside.</param>
/// <param name="InteriorEnd">One past the last such output.</param>
internal sealed record ColumnPhase(
    int First, int Count, int OutputStep, int InputStep, (int Kernel, int Input)[] Taps, int InteriorStart, int InteriorEnd)
{
    internal static ColumnPhase Of(int first, int count, int outputStep, int inputStep, (int Kernel, int Input)[] taps, int inputWidth)
    {
        int start = 0, end = count;
        foreach ((int _, int input) in taps)
        {
            start = Math.Max(start, (-input + inputStep - 1) / inputStep);
            end = Math.Min(end, inputWidth - 1 - input < 0 ? 0 : (inputWidth - 1 - input) / inputStep + 1);
        }

        return start < end
            ? new ColumnPhase(first, count, outputStep, inputStep, taps, start, end)
            : new ColumnPhase(first, count, outputStep, inputStep, taps, count, count);
    }
}
