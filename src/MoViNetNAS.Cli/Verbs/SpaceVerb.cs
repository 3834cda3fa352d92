using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space`: looks into a search space.</summary>
internal static class SpaceVerb
{
    public static Command Create() => new("space", "Look into a search space: show, count, sample.")
    {
        SpaceShowVerb.Create(),
        SpaceCountVerb.Create(),
        SpaceSampleVerb.Create(),
    };
}
