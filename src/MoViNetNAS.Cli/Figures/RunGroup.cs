using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Figures;

/// <summary>Runs that differ in their seed alone.</summary>
/// <param name="Name">What a figure calls them.</param>
/// <param name="Runs">At least one.</param>
internal sealed record RunGroup(string Name, IReadOnlyList<RunRecord> Runs)
{
    /// <summary><paramref name="records"/> in groups, first met first.</summary>
    public static RunGroup[] Of(IReadOnlyList<RunRecord> records)
    {
        var groups = records.GroupBy(SeedlessSetting.Of).Select(group => group.ToList()).ToList();
        string Short(RunRecord record) => $"{record.Algorithm} over {record.SpaceName}";
        bool isTold = groups.Select(group => Short(group[0])).Distinct().Count() == groups.Count;
        return [.. groups.Select(group => new RunGroup(isTold ? Short(group[0]) : $"{group[0].Name}{(group.Count > 1 ? " ..." : "")}", group))];
    }
}
