using System.CommandLine;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space`: looks into a search space, or makes others of it.</summary>
internal static class SpaceVerb
{
    public static Command Create() => new("space", "Look into a search space: show, count, sample, scale.")
    {
        SpaceShowVerb.Create(),
        SpaceCountVerb.Create(),
        SpaceSampleVerb.Create(),
        SpaceScaleVerb.Create(),
    };
}
