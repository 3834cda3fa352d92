using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>What an import does, or would do, with every key of the file and of the network.</summary>
/// <param name="Layout">The layout the file is in.</param>
/// <param name="Keys">The network's keys in the port's order, then those that only the file has.</param>
public sealed record PortReport(PortLayout Layout, ImmutableArray<PortKey> Keys)
{
    private const int MostNamed = 20;

    /// <summary>Whether every key can be taken.</summary>
    public bool IsComplete => !Keys.Any(key => key.IsProblem);

    /// <summary>How many keys are in <paramref name="state"/>.</summary>
    public int Count(PortKeyState state) => Keys.Count(key => key.State == state);

    /// <summary>All problems in one sentence, of which the first 20 are named.</summary>
    /// <exception cref="InputException">There are problems.</exception>
    internal void RequireComplete(string file)
    {
        PortKey[] problems = [.. Keys.Where(key => key.IsProblem)];
        if (problems.Length == 0) return;
        string more = problems.Length > MostNamed ? $"; and {problems.Length - MostNamed} more" : "";
        throw new InputException(
            $"{file}: the weights do not fit the network, nothing was taken: " +
            string.Join("; ", problems.Take(MostNamed).Select(problem => $"{Quoted.Of(problem.Name)} {problem.Note}")) + more + ".");
    }
}
