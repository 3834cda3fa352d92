using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>A function that keeps its value from one step to the next and has none before the first.</summary>
public sealed class StepFunction
{
    /// <summary>A function from its steps.</summary>
    /// <param name="starts">Where each step begins, ascending without equals; finite.</param>
    /// <param name="values">The value from there on; not NaN.</param>
    /// <exception cref="ArgumentException">The counts differ, the starts do not ascend, or a value is not a number.</exception>
    public StepFunction(ImmutableArray<double> starts, ImmutableArray<double> values)
    {
        if (starts.Length != values.Length) throw new ArgumentException($"{starts.Length} starts for {values.Length} values.", nameof(values));
        for (int i = 0; i < starts.Length; i++)
        {
            if (!double.IsFinite(starts[i]) || (i > 0 && starts[i] <= starts[i - 1]))
                throw new ArgumentException($"step {i} starts at {starts[i]}: starts must be finite and ascend.", nameof(starts));
            if (double.IsNaN(values[i])) throw new ArgumentException($"step {i} has a value that is not a number.", nameof(values));
        }

        (Starts, Values) = (starts, values);
    }

    /// <summary>Where each step begins, ascending.</summary>
    public ImmutableArray<double> Starts { get; }

    /// <summary>The value from each start on.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>The value at <paramref name="x"/>; null before the first step. O(log n).</summary>
    public double? At(double x)
    {
        int found = Starts.BinarySearch(x);
        int step = found >= 0 ? found : ~found - 1;
        return step < 0 ? null : Values[step];
    }

    /// <summary>A function from points in ascending order of x, keeping only those where the value changes; of points with one x, the last.</summary>
    internal static StepFunction Of(IEnumerable<(double X, double Value)> points)
    {
        List<double> starts = [], values = [];
        foreach (var (x, value) in points)
        {
            if (starts.Count > 0 && starts[^1] == x)
            {
                starts.RemoveAt(starts.Count - 1);
                values.RemoveAt(values.Count - 1);
            }

            if (values.Count > 0 && values[^1] == value) continue;
            starts.Add(x);
            values.Add(value);
        }

        return new StepFunction([.. starts], [.. values]);
    }
}
