using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Trust;

/// <summary>One row of a trust study.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Reports">One for each seed.</param>
/// <param name="Found">Test accuracy by the table of what each seed's search chose, in [0, 1]; null where it chose nothing.</param>
internal sealed record TrustRow(string Name, IReadOnlyList<TrustReport> Reports, IReadOnlyList<double?> Found);
