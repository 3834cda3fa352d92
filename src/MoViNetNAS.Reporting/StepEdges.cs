namespace MoViNetNAS.Reporting;

/// <summary>Where the columns of a heat map begin and end.</summary>
internal static class StepEdges
{
    /// <summary>Half way between neighbouring steps, and as far outside at both ends.</summary>
    /// <param name="steps">Rising, at least one.</param>
    public static double[] Of(IReadOnlyList<int> steps)
    {
        if (steps.Count == 1) return [steps[0] - 0.5, steps[0] + 0.5];
        var edges = new double[steps.Count + 1];
        for (int i = 1; i < steps.Count; i++) edges[i] = (steps[i - 1] + steps[i]) / 2.0;
        edges[0] = Math.Max(Math.Min(0, steps[0]), 2 * steps[0] - edges[1]);
        edges[^1] = steps[^1]; // a policy is known up to its last step
        return edges;
    }
}
